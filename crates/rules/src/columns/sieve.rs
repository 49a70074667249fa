//! A book's rules for one kind of subject, laid out for columns.

use std::collections::BTreeSet;

use super::kernel::{Bench, Columns, count, mark};
use super::plan::{Plan, Planner, all, not};
use super::table::Table;
use super::{BLOCK, code, truth};
use crate::book::{Book, Effect, Exemption, Rule};
use crate::expression::{Comparison, Expression, Scalar, Type};
use crate::truth::Truth;
use crate::value::Settings;
use crate::verdict::{Obligation, Possibility};

/// No level is forced in this row.
const NONE_FORCED: u8 = u8::MAX;

/// Sàng quy tắc: the rules of a book for one kind of subject and one table, ready to run.
///
/// The rows of a table that changes afterwards want a new one.
pub struct Sieve<'a> {
    book: &'a Book,
    columns: Columns<'a>,
    settings: Vec<Scalar>,
    rules: Vec<Step>,
    depth: usize,
}

/// One rule.
struct Step {
    /// Position in the book.
    rule: usize,
    /// Where it takes effect.
    fires: Plan,
    /// For a bound: where it stands against the level in each place, but for the lowest.
    bounds: Vec<Plan>,
}

/// Một khối dòng: rows in hand, with the truth of each rule's taking effect.
pub struct Block<'b> {
    /// Row of the table with which the block begins.
    pub first: usize,
    rows: usize,
    truths: &'b [Vec<u8>],
    bounds: &'b [Vec<Vec<u8>>],
}

impl Block<'_> {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the rule in this place of [`Sieve::rules`] takes effect in a row of the block.
    pub fn truth(&self, place: usize, row: usize) -> Truth {
        truth(self.codes(place).get(row).copied().unwrap_or(1))
    }

    fn codes(&self, place: usize) -> &[u8] {
        self.truths.get(place).and_then(|truths| truths.get(..self.rows)).unwrap_or_default()
    }
}

/// Bảng đếm: for each group and rule, in how many rows it takes effect and in how many that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    rules: usize,
    counts: Vec<(u32, u32)>,
}

impl Tally {
    /// Rows of a group in which the rule in this place takes effect, and rows in which that is not known.
    pub fn of(&self, group: usize, place: usize) -> (u32, u32) {
        self.counts.get(group * self.rules + place).copied().unwrap_or_default()
    }

    /// The same for all groups together.
    pub fn total(&self, place: usize) -> (u64, u64) {
        let own = self.counts.iter().skip(place).step_by(self.rules.max(1));
        own.fold((0, 0), |sum, count| (sum.0 + u64::from(count.0), sum.1 + u64::from(count.1)))
    }
}

/// Kết quả sàng: the answers for every row, without the explanations; those are asked of [`Book::evaluate`] for the rows
/// that need them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sifted {
    levels: Vec<Vec<u8>>,
    obligations: Vec<u8>,
    forced: Vec<u8>,
    needs_decision: Vec<u8>,
    rules: Vec<(usize, Vec<u8>)>,
}

impl<'a> Sieve<'a> {
    /// Lays out the rules about `subject`. Settings that are absent, or of the wrong kind, take the book's default.
    pub fn new(book: &'a Book, subject: &str, settings: &Settings, table: &'a Table) -> Self {
        let settings = book.choices(settings, &mut Vec::new());
        let asked: Vec<(usize, &Rule)> = book
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.subjects.iter().any(|kind| kind == subject))
            .collect();
        let columns = Columns { table, derived: table.derived(named(&asked).into_iter()) };
        let planner = Planner { columns: &columns, settings: &settings };
        let rules: Vec<Step> = asked
            .iter()
            .map(|(place, rule)| Step {
                rule: *place,
                fires: fires(&planner, rule),
                bounds: bounds(&planner, rule, book.levels.len()),
            })
            .collect();
        let plans = rules.iter().flat_map(|step| step.bounds.iter().chain([&step.fires]));
        let depth = plans.map(Plan::depth).max().unwrap_or(0);
        Self { book, columns, settings, rules, depth }
    }

    /// Positions in the book of the rules asked, in order; a rule's place in this list is what blocks and tallies go by.
    pub fn rules(&self) -> Vec<usize> {
        self.rules.iter().map(|step| step.rule).collect()
    }

    /// Asks every rule of every row and hands the answers on block by block.
    pub fn each_block(&self, visit: &mut dyn FnMut(&Block<'_>)) {
        let mut bench = Bench::new(&self.columns, &self.settings, self.book.facts.len());
        let mut spare = vec![vec![0; BLOCK]; self.depth];
        let mut truths = vec![vec![0; BLOCK]; self.rules.len()];
        let mut bounds: Vec<Vec<Vec<u8>>> =
            self.rules.iter().map(|step| vec![vec![0; BLOCK]; step.bounds.len()]).collect();
        let rows = self.columns.table.rows();
        for first in (0..rows).step_by(BLOCK) {
            let length = BLOCK.min(rows - first);
            for (place, step) in self.rules.iter().enumerate() {
                bench.fill(&step.fires, first, &mut truths[place][..length], &mut spare);
                for (plan, out) in step.bounds.iter().zip(&mut bounds[place]) {
                    bench.fill(plan, first, &mut out[..length], &mut spare);
                }
            }
            visit(&Block { first, rows: length, truths: &truths, bounds: &bounds });
        }
    }

    /// Counts per group and rule. `group_of` gives each row's group, from 0; it is quickest where rows of a group stand
    /// together.
    pub fn tally(&self, group_of: &[u32]) -> Tally {
        let groups = group_of.iter().max().map_or(0, |last| *last as usize + 1);
        let rules = self.rules.len();
        let mut counts = vec![(0_u32, 0_u32); groups * rules];
        self.each_block(&mut |block| {
            let own = group_of.get(block.first..block.first + block.rows).unwrap_or_default();
            let mut start = 0;
            for run in own.chunk_by(|left, right| left == right) {
                let group = run.first().map_or(0, |group| *group as usize);
                let row = counts.get_mut(group * rules..(group + 1) * rules).unwrap_or_default();
                for (place, sum) in row.iter_mut().enumerate() {
                    let (certain, unknown) = count(&block.codes(place)[start..start + run.len()]);
                    *sum = (sum.0 + certain, sum.1 + unknown);
                }
                start += run.len();
            }
        });
        Tally { rules, counts }
    }

    /// Hands on each row in which some rule takes effect, with a mask of the rules: bit `n` is the rule in place `n`. Rules
    /// beyond the 64th are left to [`Sieve::each_block`].
    pub fn hits(&self, visit: &mut dyn FnMut(usize, u64)) {
        let mut masks = vec![0_u64; BLOCK];
        self.each_block(&mut |block| {
            let masks = &mut masks[..block.rows];
            masks.fill(0);
            for (place, bit) in (0..self.rules.len()).zip(0..u64::BITS) {
                mark(block.codes(place), bit, masks);
            }
            for (row, mask) in masks.iter().enumerate().filter(|(_, mask)| **mask != 0) {
                visit(block.first + row, *mask);
            }
        });
    }

    /// Answers for every row.
    pub fn run(&self) -> Sifted {
        let rows = self.columns.table.rows();
        let levels = self.book.levels.len();
        let mut sifted = Sifted {
            levels: vec![vec![0; rows]; levels],
            obligations: vec![0; rows],
            forced: vec![NONE_FORCED; rows],
            needs_decision: vec![0; rows],
            rules: self.rules.iter().map(|step| (step.rule, Vec::with_capacity(rows))).collect(),
        };
        self.each_block(&mut |block| {
            for (place, step) in self.rules.iter().enumerate() {
                let codes = block.codes(place);
                if let Some((_, kept)) = sifted.rules.get_mut(place) {
                    kept.extend_from_slice(codes);
                }
                if let Some(rule) = self.book.rules.get(step.rule) {
                    sifted.take(&rule.effect, block.first, codes, block.bounds.get(place).map_or(&[], Vec::as_slice));
                }
            }
        });
        sifted
    }
}

/// Slots of all facts these rules name.
fn named(rules: &[(usize, &Rule)]) -> BTreeSet<usize> {
    let mut slots = BTreeSet::new();
    for (_, rule) in rules {
        let by = if let Effect::Bounds(by) = &rule.effect { Some(by) } else { None };
        rule.when.iter().chain(&rule.must).chain(by).for_each(|expression| expression.facts(&mut slots));
    }
    slots
}

/// Where the rule takes effect: its guard holds, and what it demands does not.
fn fires(planner: &Planner<'_>, rule: &Rule) -> Plan {
    let when = rule.when.as_ref().map_or(Plan::Fixed(Truth::True), |when| planner.plan(when));
    match (&rule.effect, &rule.must) {
        (Effect::Requires(_), Some(must)) => all([when, not(planner.plan(must))]),
        // A bound that is not known may yet stand against a level.
        (Effect::Bounds(by), _) => {
            let compared = Expression::Compare(Comparison::AtLeast, Box::new(by.clone()), Box::new(rank(0)));
            all([when, planner.plan(&compared)])
        }
        _ => when,
    }
}

/// Where a bound stands against each level but the lowest: those of a rank above it.
fn bounds(planner: &Planner<'_>, rule: &Rule, levels: usize) -> Vec<Plan> {
    let Effect::Bounds(by) = &rule.effect else { return Vec::new() };
    let when = rule.when.as_ref().map_or(Plan::Fixed(Truth::True), |when| planner.plan(when));
    let against = |place: usize| {
        let own = rank(u16::try_from(levels - place).unwrap_or(u16::MAX));
        let below = Expression::Compare(Comparison::Less, Box::new(by.clone()), Box::new(own));
        all([when.clone(), planner.plan(&below)])
    };
    (0..levels.saturating_sub(1)).map(against).collect()
}

fn rank(rank: u16) -> Expression {
    Expression::Literal(Scalar::Rank(rank), Type::Level)
}

impl Sifted {
    fn take(&mut self, effect: &Effect, first: usize, codes: &[u8], bounds: &[Vec<u8>]) {
        match effect {
            Effect::Requires(levels) => levels.iter().for_each(|level| self.object(*level, first, codes)),
            Effect::Caps(at) => (0..*at).for_each(|level| self.object(level, first, codes)),
            Effect::Forces(forced) => {
                (0..self.levels.len())
                    .filter(|level| level != forced)
                    .for_each(|level| self.object(level, first, codes));
                self.force(*forced, first, codes);
            }
            Effect::Bounds(_) => {
                for (level, against) in bounds.iter().enumerate() {
                    self.object(level, first, &against[..codes.len()]);
                }
            }
            Effect::Exempts(exemption) => self.exempt(*exemption, first, codes),
            Effect::NeedsDecision => raise(&mut self.needs_decision[first..], codes),
            Effect::Advises => {}
        }
    }

    fn object(&mut self, level: usize, first: usize, codes: &[u8]) {
        if let Some(against) = self.levels.get_mut(level) {
            raise(&mut against[first..], codes);
        }
    }

    /// Two rules that force different levels contradict each other: that is for people to decide.
    fn force(&mut self, level: usize, first: usize, codes: &[u8]) {
        let level = u8::try_from(level).unwrap_or(NONE_FORCED);
        let rows = self.forced[first..].iter_mut().zip(&mut self.needs_decision[first..]).zip(codes);
        for ((forced, decision), _) in rows.filter(|(_, code)| **code == 2) {
            if *forced == NONE_FORCED {
                *forced = level;
            } else if *forced != level {
                *decision = 2;
            }
        }
    }

    /// Written so that the greater code is the stronger: nothing, not known, from classification, from the whole.
    fn exempt(&mut self, exemption: Exemption, first: usize, codes: &[u8]) {
        let certain = match exemption {
            Exemption::Classification => 2,
            Exemption::Review => 3,
        };
        for (own, code) in self.obligations[first..].iter_mut().zip(codes) {
            *own = (*own).max(if *code == 2 { certain } else { *code });
        }
    }

    /// What the row's subject owes.
    pub fn obligation(&self, row: usize) -> Obligation {
        match self.obligations.get(row) {
            Some(0) => Obligation::ReviewAndClassify,
            Some(2) => Obligation::ReviewOnly,
            Some(3) => Obligation::Neither,
            _ => Obligation::Unknown,
        }
    }

    /// Whether the level in this place can be given in a row.
    pub fn possibility(&self, level: usize, row: usize) -> Possibility {
        match self.levels.get(level).and_then(|against| against.get(row)) {
            Some(0) => Possibility::Permitted,
            Some(2) => Possibility::Refused,
            _ => Possibility::Unknown,
        }
    }

    /// Place of the level that a rule forces with certainty in a row.
    pub fn forced(&self, row: usize) -> Option<usize> {
        self.forced.get(row).copied().filter(|forced| *forced != NONE_FORCED).map(usize::from)
    }

    /// Whether the competent body must decide in a row.
    pub fn needs_decision(&self, row: usize) -> Truth {
        truth(self.needs_decision.get(row).copied().unwrap_or(code(Truth::Unknown)))
    }

    /// Each rule asked, by its position in the book.
    pub fn rules(&self) -> impl Iterator<Item = usize> {
        self.rules.iter().map(|(rule, _)| *rule)
    }

    /// Whether a rule, by its position in the book, takes effect in a row; not known for a rule that was not asked.
    pub fn truth(&self, rule: usize, row: usize) -> Truth {
        let own = self.rules.iter().find(|(own, _)| *own == rule);
        truth(own.and_then(|(_, codes)| codes.get(row)).copied().unwrap_or(code(Truth::Unknown)))
    }
}

fn raise(own: &mut [u8], codes: &[u8]) {
    own.iter_mut().zip(codes).for_each(|(own, code)| *own = (*own).max(*code));
}
