//! Kỳ trước: what follows from the level of the period before together with this one, for the competent body to consider.

use std::collections::BTreeMap;

use rules::history::{Consequence, History, Period as Past, Standing};
use rules::published::Severity;
use rules::verdict::Outcome;

use super::facts::unreadable;
use super::judge::{Known, cited};
use super::mapping::Mapping;
use super::period::Period;
use super::read::Roll;
use super::sums::{At, Odd, Odds};
use super::values::{Reader, Reading, Recorded};
use crate::judge::Words;

/// What the column of the period before tells; nothing where there is none. Its own levels break no rule here: another book may
/// have governed them.
pub(super) fn told(known: &Known<'_>, mapping: &Mapping, roll: &Roll, period: Period, reader: &Reader<'_>) -> Odds {
    let place = mapping.place_of("previous");
    let texts = place.and_then(|place| roll.texts.get(place)?.as_ref());
    let (Some(column), Some(texts)) = (place.and_then(|place| mapping.columns.get(place)), texts) else {
        return Odds::default();
    };
    let Some((now, before)) = period.with_before() else { return Odds::default() };
    let read: Vec<Reading<Recorded>> = texts.distinct.iter().map(|text| reader.level(text)).collect();
    let strange: Vec<bool> = read.iter().map(|one| *one == Reading::Strange).collect();
    let named =
        Words { vi: "Mức xếp loại kỳ trước".to_owned(), en: "Level of the period before".to_owned() };
    let mut odds = unreadable(texts, &strange, &column.at, "value_unread", &named);
    // Few pairs of levels come again and again.
    let mut pairs: BTreeMap<(Recorded, Recorded), Vec<Words>> = BTreeMap::new();
    for (row, (recorded, at)) in known.recorded.iter().zip(&texts.at).enumerate() {
        let (Some(recorded), Some(Reading::Is(earlier))) = (recorded, read.get(*at as usize)) else { continue };
        let said =
            pairs.entry((*recorded, *earlier)).or_insert_with(|| said(known, (now, *recorded), (before, *earlier)));
        odds.listed.extend(said.iter().map(|message| Odd {
            at: At::Row(row),
            kind: "needs_decision",
            severity: Severity::Note,
            column: column.at.clone(),
            message: message.clone(),
        }));
    }
    odds
}

/// Only what needs the period before: what one period alone brings stands in the book, not in a finding.
fn said(known: &Known<'_>, now: (Past, Recorded), before: (Past, Recorded)) -> Vec<Words> {
    let standing = |recorded: Recorded| match recorded {
        Recorded::Level(at) => known.book.levels.get(at).map(|level| Standing::Level(level.id.clone())),
        Recorded::Unclassified => Some(Standing::NotRated),
    };
    let asked = |periods: &[(Past, Recorded)]| -> Vec<Consequence> {
        let known_periods = periods.iter().filter_map(|(period, recorded)| Some((*period, standing(*recorded)?)));
        let history: History = known_periods.collect();
        let found = known.book.consequences(known.subject, &history, now.0, known.settings);
        found.into_iter().filter(|one| one.outcome == Outcome::Applies).collect()
    };
    let alone = asked(&[now]);
    let both = asked(&[now, before]);
    let new = both.into_iter().filter(|one| alone.iter().all(|other| other.id != one.id));
    new.map(|one| {
        let cited = cited(&one.citation);
        Words {
            vi: format!("{} ({}) [{}: {}]", one.message.vi, one.grounds.vi, one.code, cited.vi),
            en: format!("{} ({}) [{}: {}]", one.message.en, one.grounds.en, one.code, cited.en),
        }
    })
    .collect()
}
