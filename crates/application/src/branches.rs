//! Nhánh lớn của cây: how many units and members a large branch has. Counting a whole province takes a while and the answer
//! holds until somebody changes tree or roster, or the day ends: it is kept with the version of the roster it was counted on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::Day;
use store::roster::CountRow;
use store::{Conn, org, place, root, roster};
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;

/// Up to so many units a branch is counted each time it is asked for.
pub(crate) const WHOLE: usize = 300;
/// Letters of one step of a path: an identifier and its slash.
pub(crate) const PATH_STEP: usize = 37;
/// Branches that are kept.
const KEPT: usize = 100;

/// What a branch has today.
#[derive(Debug, Default)]
pub(crate) struct Branch {
    /// Units at and below its top, those that were closed included.
    pub(crate) units: usize,
    /// Members by standing, of the top and of each unit directly below it with everything below that.
    pub(crate) members: Vec<CountRow>,
    /// Units of today in the same way, by the beginning of their paths; only for a branch that is large.
    pub(crate) below: Vec<(String, i64)>,
}

/// The branches counted last, by the path of their tops.
#[derive(Debug, Default)]
pub(crate) struct Branches(Mutex<BTreeMap<Top, Kept>>);

/// Hierarchy, and path of the top.
type Top = (Uuid, String);
/// Version of the roster, and day.
type State = (i64, Day);
type Kept = (State, Arc<Branch>);

impl Branches {
    fn find(&self, top: &Top, state: State) -> Option<Arc<Branch>> {
        let kept = self.0.lock().ok()?;
        kept.get(top).filter(|(of, _)| *of == state).map(|(_, branch)| Arc::clone(branch))
    }

    fn keep(&self, top: Top, state: State, branch: &Arc<Branch>) {
        if let Ok(mut kept) = self.0.lock() {
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(top, (state, Arc::clone(branch)));
        }
    }
}

/// The branch whose top has this path, today.
pub(crate) async fn branch(app: &App, conn: &mut Conn, hierarchy: Uuid, path: &str) -> Result<Arc<Branch>> {
    let today = app.clock.today();
    let (top, state) = ((hierarchy, path.to_owned()), (root::roster_version(conn, hierarchy).await?, today));
    if let Some(known) = app.branches.find(&top, state) {
        return Ok(known);
    }
    let head = (path, u32::try_from(path.len() + PATH_STEP).unwrap_or(u32::MAX));
    let units = usize::try_from(org::count_units(conn, hierarchy, path).await?).unwrap_or(usize::MAX);
    let members = roster::member_counts(conn, hierarchy, head, &today.to_string()).await?;
    if units <= WHOLE {
        return Ok(Arc::new(Branch { units, members, below: Vec::new() }));
    }
    let below = place::units_on(conn, hierarchy, today, head).await?;
    let branch = Arc::new(Branch { units, members, below });
    app.branches.keep(top, state, &branch);
    Ok(branch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_is_counted_anew_once_the_roster_changed_or_the_day_ended() {
        let today = Day::parse_stored("2022-12-20").expect("a day");
        let tomorrow = Day::parse_stored("2022-12-21").expect("a day");
        let top = (Uuid::from_u128(1), "/1/".to_owned());
        let branches = Branches::default();
        branches.keep(top.clone(), (7, today), &Arc::new(Branch { units: 9_000, ..Branch::default() }));
        assert_eq!(branches.find(&top, (7, today)).map(|branch| branch.units), Some(9_000));
        assert!(branches.find(&top, (8, today)).is_none(), "somebody was admitted");
        assert!(branches.find(&top, (7, tomorrow)).is_none(), "somebody moves that day");
        assert!(branches.find(&(Uuid::from_u128(2), top.1), (7, today)).is_none(), "another hierarchy");
    }
}
