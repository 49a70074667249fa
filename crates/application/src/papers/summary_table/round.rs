//! Biểu tổng hợp của cấp trên cơ sở: units below by kind of subject, from the roll-ups as they are at this moment.

use chrono::{DateTime, Utc};
use domain::{Day, Refusal, ReportId};

use super::super::decision::Line;
use super::super::place::{LevelHead, Place, day_of, local};
use super::{Figures, MEANING, SummaryRow, SummaryTable, row};
use crate::error::{Error, Result, known};
use crate::reads::rollup::{Kept, Tally};

/// Whether the unit sums up what others decided.
pub(in crate::papers) fn sums_up(place: &Place<'_>) -> bool {
    crate::reads::campaign::is_above_base(&place.unit.kind)
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<SummaryTable> {
    let (root, round, unit) = (place.root, place.campaign.round_id(), place.unit.unit_id);
    let within = store::rollup::unit_in_round(place.conn, root, round, unit).await?;
    let within = within.ok_or_else(|| Refusal::new("PAPER-005"))?;
    let opened = store::campaign::campaign(place.conn, root, round).await?.ok_or(Error::Denied)?;
    let kept = Kept::read(place.conn, &opened, &within).await?;
    let today = place.app.clock.today();
    let entered = place.entered(MEANING).await?;
    let numbered = place.numbered(MEANING, entered.as_ref(), today)?;
    table(place, &kept, place.app.clock.now(), numbered).await
}

/// The table as it was reported: its figures, its moment, the number written by hand.
pub(in crate::papers) async fn read_reported(place: &mut Place<'_>, report: ReportId) -> Result<SummaryTable> {
    let row = store::rollup::report(place.conn, place.root, report.0).await?;
    let (round, unit) = (place.campaign.round_id(), place.unit.unit_id);
    let row = row.filter(|row| row.round_id == round && row.unit_id == unit).ok_or(Error::Denied)?;
    let kept = serde_json::from_str(&row.figures)?;
    let numbered = (place.by_hand(MEANING), day_of(row.reported_at));
    table(place, &kept, row.reported_at, numbered).await
}

async fn table(
    place: &mut Place<'_>,
    kept: &Kept,
    at: DateTime<Utc>,
    (number, dated_on): (String, Day),
) -> Result<SummaryTable> {
    let heads = place.levels();
    let signature = place.signature(day_of(at)).await?;
    let words = &place.words.summary;
    let as_of = words.as_of.say(&[("moment", &local(at))]);
    Ok(SummaryTable {
        letterhead: place.letterhead(dated_on)?,
        number,
        checkpoint: String::new(),
        year: place.year(),
        rows: rows(place, kept, &heads)?,
        legend: place.legend(&heads),
        top_head: super::top_head(place, &heads),
        levels: heads,
        notes: vec![Line { text: words.denominator.plain().to_owned() }, Line { text: as_of }],
        compiler: super::compiler(place, day_of(at)).await?,
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
    })
}

/// One row for each unit and kind of subject it has; then the whole, its leaders also by title.
fn rows(place: &Place<'_>, kept: &Kept, levels: &[LevelHead]) -> Result<Vec<SummaryRow>> {
    let words = &place.words.summary;
    let last = kept.units.len().saturating_sub(1);
    let mut rows = Vec::new();
    for (at, unit) in kept.units.iter().enumerate() {
        let is_total = at == last;
        let name = if is_total { words.total.plain() } else { unit.name.as_str() };
        for (number, (subject, tally)) in unit.in_order().enumerate() {
            let subject = words.subject.get(subject).map_or("", |subject| subject.plain());
            let kind = words.of_subject.say(&[("unit", name), ("subject", subject)]);
            let mark = if is_total || number > 0 { String::new() } else { (at + 1).to_string() };
            rows.push(SummaryRow { is_total, ..row(place, mark, kind, &figures(tally), levels) });
        }
    }
    for group in &kept.titles {
        let title = known(words.title.get(&group.title), "title")?.plain();
        let kind = known(words.unit_kind.get(&group.unit_kind), "kind of unit")?.plain();
        let kind = words.of_title.say(&[("title", title), ("kind", kind)]);
        rows.push(row(place, String::new(), kind, &figures(&group.tally), levels));
    }
    Ok(rows)
}

fn figures(tally: &Tally) -> Figures {
    Figures {
        total: tally.total.unsigned_abs(),
        exempt: tally.exempt.unsigned_abs(),
        rated: tally.rated.unsigned_abs(),
        levels: tally.levels.iter().map(|(level, n)| (level.clone(), n.unsigned_abs())).collect(),
    }
}
