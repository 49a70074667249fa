//! Từ ngữ in trên giấy tờ: sentences and titles that papers need beside their layouts, as data in `forms/words.toml`.

use domain::subject::Subject;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::Day;
use serde::Deserialize;

use crate::error::{Error, Result};

static WORDS: LazyLock<std::result::Result<Words, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../forms/words.toml")).map_err(|fault| fault.to_string()));

/// The words, read once.
pub(super) fn words() -> Result<&'static Words> {
    WORDS.as_ref().map_err(|fault| Error::Fault(format!("forms/words.toml: {fault}")))
}

/// A sentence with `{names}` to be filled. What is filled in is never read again.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Sentence(String);

impl Sentence {
    /// The sentence with every named place filled; a name that is not given stays as written.
    pub(super) fn say(&self, values: &[(&str, &str)]) -> String {
        let mut said = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((name, tail)) = after.split_once('}') else {
                rest = after;
                break;
            };
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => said.push_str(value),
                None => said.push_str(&format!("{{{name}}}")),
            }
            rest = tail;
        }
        said.push_str(rest);
        said
    }

    /// The words as they stand.
    pub(super) fn plain(&self) -> &str {
        &self.0
    }
}

macro_rules! tables {
    ($($name:ident { $($field:ident: $kind:ty),+ $(,)? })+) => { $(
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $(pub(super) $field: $kind),+ }
    )+ };
}

tables! {
    Words {
        day: Sentence,
        place_date: Sentence,
        place_date_without_place: Sentence,
        clock: Sentence,
        blank: Sentence,
        checkpoint: Sentence,
        draft: Sentence,
        unsealed: Sentence,
        subject: Sentence,
        no_post: Sentence,
        copies: Sentence,
        count_of_people: Sentence,
        legend: Sentence,
        number: NumberWords,
        remedy: RemedyWords,
        not_rated: NotRated,
        document: Vec<DocumentWords>,
        directive: DirectiveWords,
        paper: BTreeMap<String, PaperWords>,
        standing: BTreeMap<String, Sentence>,
        body: BTreeMap<String, BodyWords>,
        signer: BTreeMap<String, Sentence>,
        individual_review: IndividualWords,
        collective_review: CollectiveWords,
        assignment: AssignmentWords,
        suggestion: SuggestionWords,
        slip: SlipWords,
        score: ScoreWords,
        subject_register: SubjectWords,
        attendance: AttendanceWords,
        ballot: BallotWords,
        minutes: MinutesWords,
        proposal: ProposalWords,
        decision: DecisionWords,
        published: PublishedWords,
        agenda: AgendaWords,
        notice: NoticeWords,
        summary: SummaryWords,
    }
    PaperWords { version: Sentence, title: Sentence }
    NumberWords { full: Sentence, without_suffix: Sentence, symbol: BTreeMap<String, Sentence> }
    DocumentWords { key: String, vi: Sentence, en: Sentence, symbol: Sentence }
    DirectiveWords { secrecy_source: Sentence, transmission: Sentence }
    RemedyWords { done: Sentence, open: Sentence }
    NotRated { label: Sentence, short: Sentence }
    BodyWords {
        organization: Sentence,
        issuer: Sentence,
        collective: Sentence,
        in_text: Sentence,
        authority: Sentence,
        authority_without_committee: Sentence,
        keeper: Sentence,
        office: Sentence,
        secretary: Sentence,
        deputy_secretary: Sentence,
        standing_member: Sentence,
        committee_member: Sentence,
        clerk: Sentence,
        inspector: Sentence,
    }
    AssignmentWords {
        sector: Sentence,
        attended: Sentence,
        missed: Sentence,
        planned: Sentence,
        unfollowed: Sentence,
        recipients: Vec<Sentence>,
    }
    SuggestionWords {
        returned: Sentence,
        issue: Sentence,
        explanation: Sentence,
        cause: Sentence,
        responsibility: Sentence,
        discussion: Sentence,
        another_session: Sentence,
        opening: Sentence,
        closing: Sentence,
        draft: Sentence,
        withdrawn: Sentence,
        recipients: Vec<Sentence>,
    }
    IndividualWords { filled_by: Sentence }
    CollectiveWords { reported_to: Sentence }
    SubjectWords { all: Sentence, counted: Sentence }
    ScoreWords { evidence: Sentence, role: BTreeMap<String, Sentence> }
    SlipWords { place_date: Sentence, evidence: Sentence }
    AttendanceWords { no_reason: Sentence, accepted: Sentence, not_accepted: Sentence }
    BallotWords { head: Sentence, member: Sentence, in_place_of: Sentence, base: Sentence, base_plain: Sentence }
    MinutesWords {
        not_sealed: Sentence,
        summary: Sentence,
        summary_without_level: Sentence,
        review_only: Sentence,
        unnamed: Sentence,
        evidence: Sentence,
        answer: Sentence,
        no_answer: Sentence,
        teller_replaced: Sentence,
        other_chair: Sentence,
        member: Sentence,
        member_of_committee: Sentence,
        convened: Sentence,
        convened_committee: Sentence,
        counted: Sentence,
        taken_off: BTreeMap<String, Sentence>,
    }
    ProposalWords { not_sent: Sentence }
    DecisionWords {
        not_issued: Sentence,
        about: Sentence,
        charter: Sentence,
        basis: Sentence,
        vote: Sentence,
        proposals: Sentence,
        article_list: Sentence,
        article_charge: Sentence,
        recipients: Vec<Sentence>,
        list_title: Sentence,
        over_cap: Sentence,
        level_count: Sentence,
    }
    AgendaWords {
        members: Sentence,
        heads: Sentence,
        turn: BTreeMap<String, Sentence>,
        not_verified: Sentence,
        not_sent: Sentence,
        waits_for: Sentence,
        more: Sentence,
        late: Sentence,
        session: Sentence,
        vote: Sentence,
    }
    PublishedWords { title: Sentence, decision: Sentence }
    NoticeWords {
        decision: Sentence,
        no_comment: Sentence,
        measure: Sentence,
        answer_within: Sentence,
        recipients: Vec<Sentence>,
    }
    SummaryWords { total: Sentence, leaders: Sentence, others: Sentence, none: Sentence, rounding: Sentence, top: Sentence, denominator: Sentence, as_of: Sentence, of_subject: Sentence, of_title: Sentence, subject: BTreeMap<String, Sentence>, title: BTreeMap<String, Sentence>, unit_kind: BTreeMap<String, Sentence> }
}

impl AgendaWords {
    /// Title of a part of the agenda.
    pub(super) fn turn(&self, subject: Subject, heads: bool) -> &str {
        if heads { self.heads.plain() } else { self.turn.get(subject.word()).map_or("", |turn| turn.plain()) }
    }
}

/// A day as papers of the Party write it: `02/9/1975`, `05/12/2022` (a leading nought for January and February only).
pub(super) fn official_day(day: Day) -> String {
    let (year, _, date) = day.parts();
    format!("{date:02}/{}/{year}", official_month(day))
}

/// The month with a leading nought for January and February, which could be mistaken for November and December.
pub(super) fn official_month(day: Day) -> String {
    let (_, month, _) = day.parts();
    if month < 3 { format!("{month:02}") } else { month.to_string() }
}

/// Name of an organisation or of the collective that leads it, for lists and papers. A unit that stands in the roster
/// under the name of its committee ("Đảng uỷ xã …") is that committee.
pub(crate) fn subject_name(subject: Subject, kind: &str, unit: &str) -> Result<String> {
    let body = super::place::body_of(words()?, kind)?;
    let leads = subject == Subject::Collective && unit.starts_with(body.organization.plain());
    Ok(if leads { body.collective.say(&[("unit", unit)]) } else { unit.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_papers_need_is_written_down() {
        let words = words().unwrap();
        for kind in domain::org::UnitKind::ALL {
            assert!(words.body.contains_key(kind.word()), "{kind}");
            assert!(words.summary.unit_kind.contains_key(kind.word()), "{kind}");
        }
        for standing in domain::org::Standing::ALL {
            assert!(words.standing.contains_key(standing.word()), "{standing}");
        }
        for title in domain::org::Title::ALL {
            assert!(words.signer.contains_key(title.word()), "{title}");
        }
        for role in domain::scoring::ScoreRole::ALL {
            assert!(words.score.role.contains_key(role.word()), "{role}");
        }
        for subject in Subject::ALL {
            assert!(words.agenda.turn.contains_key(subject.word()), "{subject}");
        }
        for reason in domain::meeting::NotCounted::ALL {
            assert!(words.minutes.taken_off.contains_key(reason.word()), "{reason}");
        }
    }

    #[test]
    fn what_is_filled_in_is_never_read_again() {
        let sentence = Sentence("{who}: {what}".to_owned());
        assert_eq!(sentence.say(&[("who", "{what}"), ("what", "x")]), "{what}: x");
        assert_eq!(Sentence("{open".to_owned()).say(&[]), "open");
        assert_eq!(Sentence("{unknown} a".to_owned()).say(&[]), "{unknown} a");
    }

    #[test]
    fn a_day_carries_a_leading_nought_where_it_could_be_mistaken() {
        assert_eq!(official_day(Day::of(1975, 9, 2).unwrap()), "02/9/1975");
        assert_eq!(official_day(Day::of(2023, 1, 20).unwrap()), "20/01/2023");
    }
}
