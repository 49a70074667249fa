//! Kết quả của đối tượng khác: facts a case takes from the levels of those below, of the organisation and the collective.

use domain::review::Obligation;
use domain::subject::Subject;
use rules::Book;
use rules::book::Drawn;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::UnitRow;
use store::standing::{self, StandingRow};

use crate::error::Result;

/// What others got in the period: below the unit, and the unit itself as organisation and as collective.
#[derive(Debug, Clone, Default)]
pub(crate) struct Others {
    pub(crate) below: Vec<StandingRow>,
    pub(crate) unit: Vec<StandingRow>,
}

impl Others {
    pub(crate) async fn load(conn: &mut Conn, campaign: &CampaignRow, unit: &UnitRow) -> Result<Self> {
        let period = (campaign.kind.as_str(), campaign.period_from.as_str(), campaign.period_to.as_str());
        let root = campaign.root_id;
        let below = if domain::org::has_members(&unit.kind) {
            standing::members(conn, root, unit.unit_id, period).await?
        } else {
            standing::units_below(conn, root, unit.unit_id, period).await?
        };
        Ok(Self { below, unit: standing::of_unit(conn, root, unit.unit_id, period).await? })
    }

    /// The facts of a book that these results settle, as they would be stored; what waits for a level is left out.
    pub(crate) fn facts(&self, book: &Book) -> Vec<(String, String)> {
        let settled = |drawn| match drawn {
            Drawn::Below { at_least } => self.count_below(book, at_least).map(|number| number.to_string()),
            Drawn::Organization => self.level_of(Subject::Organization),
            Drawn::Collective => self.level_of(Subject::Collective),
            Drawn::LedUnit => self.lower(book),
            // Known of the subject itself, not of others.
            Drawn::Remedies { .. } | Drawn::AnyRemedy => None,
        };
        book.facts.iter().filter_map(|fact| Some((fact.name.clone(), settled(fact.drawn?)?))).collect()
    }

    /// How many below are rated, at that level or better; nothing while one of them has no level yet, or none is rated.
    fn count_below(&self, book: &Book, at_least: Option<usize>) -> Option<usize> {
        let members = self.below.iter().any(|row| row.subject == Subject::Member.word());
        let kind = if members { Subject::Member } else { Subject::Organization };
        let rated: Vec<&StandingRow> = self
            .below
            .iter()
            .filter(|row| row.subject == kind.word() && row.obligation == Obligation::ReviewAndClassify.word())
            // Who comes late with a reason is not rated yet and holds nobody up.
            .filter(|row| row.issued || !row.late)
            .collect();
        if rated.is_empty() {
            return None;
        }
        let places: Option<Vec<usize>> = rated.iter().map(|row| place(book, row.level.as_deref()?)).collect();
        Some(places?.into_iter().filter(|place| at_least.is_none_or(|level| *place <= level)).count())
    }

    fn level_of(&self, subject: Subject) -> Option<String> {
        self.unit.iter().find(|row| row.subject == subject.word()).and_then(|row| row.level.clone())
    }

    /// The lower level of the organisation and of its collective, where it has one; nothing while one of them waits.
    fn lower(&self, book: &Book) -> Option<String> {
        let rated = self.unit.iter().filter(|row| row.obligation == Obligation::ReviewAndClassify.word());
        let levels: Option<Vec<&str>> = rated.map(|row| row.level.as_deref()).collect();
        levels?.into_iter().max_by_key(|level| place(book, level)).map(str::to_owned)
    }
}

/// Position of a level, 0 the best.
fn place(book: &Book, level: &str) -> Option<usize> {
    book.levels.iter().position(|known| known.id == level)
}
