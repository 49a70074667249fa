use std::collections::BTreeSet;

use domain::org::UnitKind;

use super::cast::Cast;

fn number(cast: &Cast, kind: UnitKind) -> usize {
    cast.units.iter().filter(|unit| unit.kind == kind).count()
}

#[test]
fn a_province_has_a_hundred_thousand_members_in_eight_thousand_cells_and_a_thousand_base_organizations() {
    let cast = Cast::of(super::MEMBERS).unwrap();
    assert_eq!(number(&cast, UnitKind::AboveBase), 13);
    assert_eq!(number(&cast, UnitKind::BaseOrganization) + number(&cast, UnitKind::BaseCell), 1_000);
    let cells = number(&cast, UnitKind::Cell) + number(&cast, UnitKind::BaseCell);
    assert!((7_950..=8_050).contains(&cells), "{cells}");
    assert_eq!(cast.units[0].count, 100_000);
}

#[test]
fn every_member_is_in_one_cell_and_every_cell_has_officers_at_any_scale() {
    for members in [super::FEWEST, 1_000, 10_000] {
        let cast = Cast::of(members).unwrap();
        let cells: Vec<_> = cast.units.iter().filter(|unit| unit.kind.has_members()).collect();
        let mut next = 0;
        for cell in &cells {
            assert_eq!(cell.first, next, "{}", cell.code);
            assert!(cell.count >= 2, "{} has {}", cell.code, cell.count);
            next += cell.count;
        }
        assert_eq!(next, members);
        let codes: BTreeSet<&str> = cast.units.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(codes.len(), cast.units.len(), "codes are unique");
        for (account, seat) in cast.accounts() {
            let unit = &cast.units[seat.unit];
            assert!((unit.first..unit.first + unit.count).contains(&seat.member), "{}", account.login);
        }
        assert_eq!(cast.accounts().len(), 6);
    }
    assert!(Cast::of(10).is_err());
}
