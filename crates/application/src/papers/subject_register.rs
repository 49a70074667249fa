//! Danh sách đối tượng kiểm điểm, đánh giá, xếp loại chất lượng of a unit and everything below it, with the reasons.

use domain::Refusal;
use domain::review::Obligation;
use domain::subject::Subject;
use serde::Serialize;
use store::review::{Part, SubjectRow};

use super::decision::Line;
use super::place::{Letterhead, Place};
use crate::error::{Result, known};
use crate::reads::subjects::{SubjectCounts, counted, named, total};

/// Meaning of the form.
pub(super) const SUBJECT_REGISTER: &str = "subject-register";

/// Danh sách đối tượng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectRegister {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Where the number is written by hand.
    pub number: String,
    /// Year under review.
    pub year: String,
    /// Subjects.
    pub subjects: Vec<Listed>,
    /// Counts, one line for each kind and one for all.
    pub totals: Vec<Line>,
    /// Who drew it up.
    pub compiler: String,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một đối tượng trong danh sách.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Heading above the line, empty for none.
    pub group: String,
    /// Name.
    pub name: String,
    /// Unit where the person is, or which a leader leads.
    pub place: String,
    /// `x` when reviewed and classified.
    pub classified: String,
    /// `x` when reviewed only.
    pub reviewed_only: String,
    /// `x` when neither.
    pub neither: String,
    /// Why, with the source.
    pub reason: String,
}

/// Lines beyond which a list is printed unit by unit.
const MOST: i64 = 5000;

pub(super) async fn read(place: &mut Place<'_>) -> Result<SubjectRegister> {
    let (root, campaign) = (place.root, place.campaign.campaign_id);
    let counts = counted(&store::review::subject_counts(place.conn, root, campaign, &place.unit.path).await?)?;
    let all = total(&counts);
    if all.total > MOST {
        return Err(Refusal::new("PAPER-010").with("found", all.total).with("most", MOST).into());
    }
    let part = Part { path: &place.unit.path, subject: "", obligation: "", most: MOST, after: 0 };
    let rows = store::review::subjects(place.conn, root, campaign, part).await?;
    let today = place.app.clock.today();
    let signature = place.signature(today).await?;
    Ok(SubjectRegister {
        letterhead: place.letterhead(today)?,
        number: place.by_hand(SUBJECT_REGISTER),
        year: place.year(),
        subjects: subjects(place, &rows)?,
        totals: counts.iter().chain([&all]).map(|one| counted_line(place, one)).collect(),
        compiler: super::summary_table::compiler(place, today).await?,
        authority: signature.authority,
        signer_post: signature.post,
        signer: signature.name,
    })
}

fn subjects(place: &Place<'_>, rows: &[SubjectRow]) -> Result<Vec<Listed>> {
    let mut listed: Vec<Listed> = Vec::new();
    let mut last = None;
    for row in rows {
        let subject = known(Subject::from_word(&row.subject), "subject")?;
        let group = if last == Some(subject) { String::new() } else { kind(place, subject) };
        last = Some(subject);
        let owed = known(Obligation::from_word(&row.obligation), "obligation")?;
        let mark = |one: Obligation| if owed == one { "x".to_owned() } else { String::new() };
        listed.push(Listed {
            group,
            name: named(subject, row)?,
            place: if subject.is_person() { row.unit_name.clone() } else { String::new() },
            classified: mark(Obligation::ReviewAndClassify),
            reviewed_only: mark(Obligation::ReviewOnly),
            neither: mark(Obligation::Neither),
            reason: row.obligation_reason.clone(),
        });
    }
    Ok(listed)
}

/// Name of a kind of subject in the rule book.
fn kind(place: &Place<'_>, subject: Subject) -> String {
    place.book.subject(subject.word()).map_or_else(String::new, |kind| kind.title.vi.clone())
}

fn counted_line(place: &Place<'_>, counts: &SubjectCounts) -> Line {
    let words = &place.words.subject_register;
    let title = counts.subject.map_or_else(|| words.all.plain().to_owned(), |subject| kind(place, subject));
    let [all, classified, reviewed, neither] =
        [counts.total, counts.classified, counts.reviewed_only, counts.neither].map(|number| number.to_string());
    let values = [
        ("kind", title.as_str()),
        ("total", &all),
        ("classified", &classified),
        ("reviewed_only", &reviewed),
        ("neither", &neither),
    ];
    Line { text: words.counted.say(&values) }
}
