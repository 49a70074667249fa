//! What the machine could do: the same twenty conditions compiled into the program, 64 rows a step, truths as bits.
//! Rules cannot be read from a book this way, and nothing is explained; it is a floor, not a product.

use pulp::x86::V4;
use pulp::{b64, i8x64, i16x32};

use super::data::{Data, NONE};

/// Bits of 64 rows: certainly true, certainly false.
#[derive(Clone, Copy)]
struct Bits {
    yes: u64,
    no: u64,
}

impl Bits {
    fn and(self, other: Self) -> Self {
        Self { yes: self.yes & other.yes, no: self.no | other.no }
    }
    fn or(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, no: self.no & other.no }
    }
    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

/// The columns as this kernel wants them: truths as bits, whole numbers in a byte or two, each with bits for "stated".
pub struct Laid {
    truths: Vec<Vec<(u64, u64)>>,
    bytes: Vec<(Vec<[i8; 64]>, Vec<u64>)>,
    words: Vec<(Vec<[i16; 64]>, Vec<u64>)>,
    /// Organisation, first row, row behind the last.
    runs: Vec<(usize, usize, usize)>,
    rows: usize,
}

impl Laid {
    pub fn new(data: &Data) -> Self {
        let rows = data.groups.len();
        let column = |name: &str| &data.columns.iter().find(|column| column.0 == name).unwrap().2;
        let stated = |values: &[i16]| {
            values
                .chunks(64)
                .map(|part| part.iter().enumerate().fold(0, |bits, (at, value)| bits | u64::from(*value != NONE) << at))
                .collect::<Vec<u64>>()
        };
        let truths = ["disciplined", "degraded", "employee", "leader", "head", "model"].map(|name| {
            let parts = column(name).chunks(64);
            parts
                .map(|part| {
                    part.iter().enumerate().fold((0, 0), |(yes, no), (at, value)| {
                        (yes | u64::from(*value == 1) << at, no | u64::from(*value == 0) << at)
                    })
                })
                .collect()
        });
        let bytes = ["level", "assigned", "done", "exceeded"].map(|name| {
            let values = column(name);
            let narrow = values.chunks(64).map(|part| {
                let mut own = [0; 64];
                part.iter().zip(&mut own).for_each(|(value, own)| *own = i8::try_from(*value).unwrap_or(0));
                own
            });
            (narrow.collect(), stated(values))
        });
        let words = ["sick_days", "months", "score", "civil_score", "unit_score"].map(|name| {
            let values = column(name);
            let wide = values.chunks(64).map(|part| {
                let mut own = [0; 64];
                own[..part.len()].copy_from_slice(part);
                own
            });
            (wide.collect(), stated(values))
        });
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for run in data.groups.chunk_by(|left, right| left == right) {
            let start = runs.last().map_or(0, |last| last.2);
            runs.push((run[0] as usize, start, start + run.len()));
        }
        Self { truths: truths.into(), bytes: bytes.into(), words: words.into(), runs, rows }
    }

    /// Counts per organisation and condition: true, not known. None where the processor has no such instructions.
    pub fn count(&self, organisations: usize) -> Option<Vec<[(u32, u32); 20]>> {
        let simd = V4::try_new()?;
        let mut counts = vec![[(0, 0); 20]; organisations];
        simd.vectorize(Counting { laid: self, simd, counts: &mut counts });
        Some(counts)
    }
}

struct Counting<'a> {
    laid: &'a Laid,
    simd: V4,
    counts: &'a mut [[(u32, u32); 20]],
}

impl pulp::NullaryFnOnce for Counting<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { laid, simd, counts } = self;
        let mut run = 0;
        for at in 0..laid.rows.div_ceil(64) {
            let truths = conditions(laid, simd, at);
            let (first, behind) = (at * 64, (at * 64 + 64).min(laid.rows));
            while let Some((group, start, end)) = laid.runs.get(run).copied() {
                let (from, until) = (start.max(first) - first, end.min(behind) - first);
                let mask = (u64::MAX >> (64 - (until - from))) << from;
                for (sum, bits) in counts[group].iter_mut().zip(&truths) {
                    sum.0 += (bits.yes & mask).count_ones();
                    sum.1 += (!(bits.yes | bits.no) & mask).count_ones();
                }
                if end > behind || (end == behind && run + 1 == laid.runs.len()) {
                    break;
                }
                run += 1;
                if end == behind {
                    break;
                }
            }
        }
    }
}

/// Column against a bound.
#[inline(always)]
fn at_least(simd: V4, cells: &[i8; 64], bound: i8) -> u64 {
    let own: i8x64 = pulp::cast(*cells);
    let b64(bits) = simd.cmp_ge_i8x64(own, simd.splat_i8x64(bound));
    bits
}

#[inline(always)]
fn word_below(simd: V4, cells: &[i16; 64], bound: [i16; 64]) -> u64 {
    let [low, high]: [i16x32; 2] = pulp::cast(*cells);
    let [low_bound, high_bound]: [i16x32; 2] = pulp::cast(bound);
    let (low, high) = (simd.cmp_lt_i16x32(low, low_bound), simd.cmp_lt_i16x32(high, high_bound));
    u64::from(low.0) | u64::from(high.0) << 32
}

/// own/whole < 3/10 as 10·own < 3·whole, in two bytes.
#[inline(always)]
fn three_tenths_below(simd: V4, own: &[i8; 64], whole: &[i8; 64]) -> u64 {
    let (mut tenfold, mut threefold) = ([0; 64], [0; 64]);
    for ((tenfold, threefold), (own, whole)) in tenfold.iter_mut().zip(&mut threefold).zip(own.iter().zip(whole)) {
        *tenfold = i16::from(*own).wrapping_mul(10);
        *threefold = i16::from(*whole).wrapping_mul(3);
    }
    word_below(simd, &tenfold, threefold)
}

#[inline(always)]
fn conditions(laid: &Laid, simd: V4, at: usize) -> [Bits; 20] {
    let truth = |place: usize| {
        let (yes, no) = laid.truths[place][at];
        Bits { yes, no }
    };
    let byte = |place: usize, bound: i8| {
        let (cells, stated) = &laid.bytes[place];
        let (holds, stated) = (at_least(simd, &cells[at], bound), stated[at]);
        Bits { yes: holds & stated, no: !holds & stated }
    };
    let word_under = |place: usize, bound: i16| {
        let (cells, stated) = &laid.words[place];
        let (holds, stated) = (word_below(simd, &cells[at], [bound; 64]), stated[at]);
        Bits { yes: holds & stated, no: !holds & stated }
    };
    let two = |left: usize, right: usize, holds: &dyn Fn(i8x64, i8x64) -> u64| {
        let ((one, stated), (other, also)) = (&laid.bytes[left], &laid.bytes[right]);
        let (holds, stated) = (holds(pulp::cast(one[at]), pulp::cast(other[at])), stated[at] & also[at]);
        Bits { yes: holds & stated, no: !holds & stated }
    };
    let [disciplined, degraded, employee, leader, head, model] = [0, 1, 2, 3, 4, 5].map(truth);
    let [over_one, over_two, best] = [2, 3, 4].map(|bound| byte(0, bound));
    let lowest = over_one.not();
    let (assigned, done, exceeded) = (1, 2, 3);
    let (sick_days, months, score, civil, unit) = (0, 1, 2, 3, 4);
    let scores = |bound| word_under(score, bound);
    let head_over_unit = {
        let ((own, stated), (other, also)) = (&laid.words[score], &laid.words[unit]);
        let (holds, stated) = (word_below(simd, &other[at], own[at]), stated[at] & also[at]);
        Bits { yes: holds & stated, no: !holds & stated }
    };
    // done/assigned < 1/2 as 2·done < assigned, which a byte holds.
    let half =
        two(done, assigned, &|done, assigned| simd.cmp_lt_i8x64(simd.wrapping_add_i8x64(done, done), assigned).0);
    let three_tenths = {
        let ((own, stated), (whole, also)) = (&laid.bytes[exceeded], &laid.bytes[assigned]);
        let holds = three_tenths_below(simd, &own[at], &whole[at]);
        let stated = stated[at] & also[at];
        Bits { yes: holds & stated, no: !holds & stated }
    };
    let sum = two(done, exceeded, &|done, exceeded| {
        simd.cmp_ge_i8x64(simd.wrapping_add_i8x64(done, exceeded), simd.splat_i8x64(36)).0
    });
    [
        disciplined.and(over_one),
        degraded.and(over_one),
        word_under(sick_days, 90).not().and(over_two),
        word_under(months, 6),
        scores(900).and(best),
        scores(700).and(over_two),
        scores(500).and(over_one),
        employee.and(word_under(civil, 900)).and(best),
        employee.and(word_under(civil, 500)).and(over_one),
        head.and(head_over_unit),
        half.and(over_one),
        three_tenths.and(best),
        sum,
        best.and(model.not()).and(leader.not()),
        leader.and(best).and(word_under(unit, 900).or(word_under(sick_days, 31).not())),
        employee.or(leader).not().and(best).and(word_under(months, 12)),
        disciplined.and(degraded).and(over_one).or(head.and(word_under(unit, 500)).and(over_two)),
        over_two.and(two(done, assigned, &|done, assigned| simd.cmp_lt_i8x64(done, assigned).0)),
        two(exceeded, done, &|exceeded, done| simd.cmp_lt_i8x64(done, exceeded).0),
        scores(900).not().and(lowest).and(disciplined.not()),
    ]
}
