//! The table of a country: levels per cell, base organisation, commune and province, with the cap held against each.

use rules::Rational;
use rules::columns::Summary;
use rules::quota::{Denominator, Reading, Rounding};

use super::data::{Data, NONE};
use super::{say, timed};

const LEVELS: usize = 4;
const UNITS: [usize; 4] = [264_000, 52_000, 3_332, 34];

struct Country {
    level_of: Vec<u8>,
    cell_of: Vec<u32>,
    /// Base organisation of each cell, commune of each base organisation, province of each commune.
    parents: [Vec<u32>; 3],
}

impl Country {
    fn new(data: &Data) -> Self {
        let levels = &data.columns.iter().find(|column| column.0 == "level").unwrap().2;
        let level_of =
            levels.iter().map(|level| if *level == NONE { u8::MAX } else { u8::try_from(4 - level).unwrap() });
        let rows = data.groups.len();
        let evenly =
            |count: usize, units: usize| (0..count).map(|at| u32::try_from(at * units / count).unwrap()).collect();
        Self {
            level_of: level_of.collect(),
            cell_of: evenly(rows, UNITS[0]),
            parents: [evenly(UNITS[0], UNITS[1]), evenly(UNITS[1], UNITS[2]), evenly(UNITS[2], UNITS[3])],
        }
    }
}

fn reading() -> Reading {
    Reading { denominator: Denominator::Pool, rounding: Rounding::Floor, rate: Rational::new(1, 5).unwrap() }
}

/// Units over the cap, per height of the tree.
fn ours(country: &Country) -> Vec<usize> {
    let mut summary = Summary::of(LEVELS, &country.level_of, &country.cell_of, UNITS[0]);
    let mut over = vec![summary.over(0, 1, reading()).len()];
    for (parents, units) in country.parents.iter().zip(&UNITS[1..]) {
        summary = summary.roll_up(parents, *units);
        over.push(summary.over(0, 1, reading()).len());
    }
    over
}

/// The same with this one cap and these heights written into the program.
fn compiled(country: &Country) -> Vec<usize> {
    let over = |counts: &[[u32; 5]]| counts.iter().filter(|own| own[0] * 5 > own[0] + own[1]).count();
    let mut counts = vec![[0_u32; 5]; UNITS[0]];
    for (level, cell) in country.level_of.iter().zip(&country.cell_of) {
        counts[*cell as usize][usize::from((*level).min(4))] += 1;
    }
    let mut found = vec![over(&counts)];
    for (parents, units) in country.parents.iter().zip(&UNITS[1..]) {
        let mut above = vec![[0_u32; 5]; *units];
        for (own, parent) in counts.iter().zip(parents) {
            above[*parent as usize].iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        }
        counts = above;
        found.push(over(&counts));
    }
    found
}

pub fn measure(data: &Data) {
    let country = Country::new(data);
    assert_eq!(ours(&country), compiled(&country));
    let own = timed(|| ours(&country));
    say("levels per unit on four heights, with the cap", own);
    let floor = timed(|| compiled(&country));
    say("the same compiled for this cap", floor);
    println!("  {:.1} times the compiled pass; over the cap: {:?}", own.0 / floor.0, ours(&country));
}
