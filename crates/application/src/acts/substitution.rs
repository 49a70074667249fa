//! Thay người: who took whose place, kept beside what he does from now on.

use domain::{PersonId, SubstitutionId};
use store::substitution::SubstitutionRow;

use crate::app::Work;
use crate::error::Result;

/// One change of hands: in which object, in which place, from whom to whom, and why.
pub(crate) struct Handed<'a> {
    pub(crate) object: &'a str,
    pub(crate) role: &'a str,
    pub(crate) former: PersonId,
    pub(crate) named: PersonId,
    pub(crate) reason: &'a str,
}

/// Writes it down for pages and papers; the journal entry is the caller's.
pub(crate) async fn keep(work: &mut Work<'_>, by: PersonId, handed: Handed<'_>) -> Result<()> {
    let row = SubstitutionRow {
        root_id: work.root(),
        substitution_id: work.id::<SubstitutionId>().0,
        object: handed.object.to_owned(),
        role: handed.role.to_owned(),
        former_id: handed.former.0,
        named_id: handed.named.0,
        reason: handed.reason.to_owned(),
        named_by: by.0,
        named_at: work.at,
    };
    Ok(store::substitution::insert(&mut work.tx, &row).await?)
}
