//! A bounded mix of readers and writers against a server on this machine: so many requests a second for so long, each
//! measured from the moment it was due, so that a server that falls behind is seen to.

mod browser;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub use browser::{Answer, Browser};

/// Requests of each kind among a hundred.
const MIX: &[(Kind, usize)] = &[
    (Kind::Cell, 45),
    (Kind::Case, 15),
    (Kind::Base, 10),
    (Kind::Start, 10),
    (Kind::District, 5),
    (Kind::Province, 5),
    (Kind::SaveDraft, 10),
];
const HUNDRED: usize = 100;
/// Connections that are kept open.
const CONNECTIONS: usize = 32;
/// Pages of a kind that are visited in turn.
const PAGES: usize = 60;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Register of a cell.
    Cell,
    /// One person's case.
    Case,
    /// Overview of a base organisation.
    Base,
    /// Overview of a district.
    District,
    /// Overview of the province.
    Province,
    /// Task list of whoever is signed in.
    Start,
    /// A draft is saved.
    SaveDraft,
}

/// How hard.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Where the server is.
    pub address: SocketAddr,
    /// Requests a second.
    pub rate: usize,
    /// For so many seconds.
    pub seconds: usize,
}

/// Where each kind of request goes.
struct Targets {
    clerk: Browser,
    secretary: Browser,
    pages: BTreeMap<Kind, Vec<String>>,
    /// Fields that are sent with a draft, by page.
    drafts: BTreeMap<String, Vec<(String, String)>>,
}

/// What was measured of one kind.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Microseconds from due to answered, in order.
    pub micros: Vec<u64>,
    /// Answers that were not what was asked for.
    pub errors: usize,
}

impl Measured {
    /// The latency below which so many in a hundred are, in milliseconds.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.micros.len() * percent / HUNDRED).min(self.micros.len().saturating_sub(1));
        self.micros.get(at).map_or(0.0, |micros| Duration::from_micros(*micros).as_secs_f64() * 1_000.0)
    }
}

/// The outcome of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// By kind.
    pub kinds: BTreeMap<Kind, Measured>,
    /// Everything together.
    pub all: Measured,
    /// From the first request to the last answer.
    pub took: Duration,
}

/// Signs in, finds pages of every kind, asks as planned.
///
/// # Errors
/// A sentence when the server cannot be reached or shows no province.
pub fn run(plan: Plan) -> Result<Outcome, String> {
    let targets = find(plan.address)?;
    let (next, outcome) = (AtomicUsize::new(0), Mutex::new(Outcome::default()));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let measured = ask(plan, &targets, &next, begun);
                if let Ok(mut whole) = outcome.lock() {
                    gather(&mut whole, measured);
                }
            });
        }
    });
    let mut outcome = outcome.into_inner().map_err(|fault| fault.to_string())?;
    outcome.took = begun.elapsed();
    outcome.all.micros.sort_unstable();
    for measured in outcome.kinds.values_mut() {
        measured.micros.sort_unstable();
    }
    Ok(outcome)
}

fn gather(whole: &mut Outcome, measured: BTreeMap<Kind, Measured>) {
    for (kind, one) in measured {
        whole.all.micros.extend(&one.micros);
        whole.all.errors += one.errors;
        let of_kind = whole.kinds.entry(kind).or_default();
        of_kind.micros.extend(one.micros);
        of_kind.errors += one.errors;
    }
}

/// One connection: takes the next request, waits until it is due, asks.
fn ask(plan: Plan, targets: &Targets, next: &AtomicUsize, begun: Instant) -> BTreeMap<Kind, Measured> {
    let (mut clerk, mut secretary) = (targets.clerk.clone(), targets.secretary.clone());
    let mut measured: BTreeMap<Kind, Measured> = BTreeMap::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= plan.rate * plan.seconds {
            return measured;
        }
        let due = begun
            + Duration::from_secs(1) * u32::try_from(number).unwrap_or(u32::MAX)
                / u32::try_from(plan.rate).unwrap_or(1);
        wait(due);
        let kind = kind_of(number);
        let pages = targets.pages.get(&kind).map_or(&[][..], Vec::as_slice);
        let Some(page) = pages.get(number / HUNDRED % pages.len().max(1)) else { continue };
        let answer = if kind == Kind::SaveDraft {
            secretary.post(page, targets.drafts.get(page).map_or(&[][..], Vec::as_slice))
        } else {
            clerk.get(page)
        };
        let one = measured.entry(kind).or_default();
        one.micros.push(u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX));
        let wanted = if kind == Kind::SaveDraft { 303 } else { 200 };
        one.errors += usize::from(!answer.is_ok_and(|answer| answer.status == wanted));
    }
}

#[expect(clippy::disallowed_methods, reason = "requests are asked at their time")]
fn wait(due: Instant) {
    if let Some(left) = due.checked_duration_since(Instant::now()) {
        std::thread::sleep(left);
    }
}

/// The kinds in turn, mixed as [`MIX`] says: 37 and 100 have no divisor in common.
fn kind_of(number: usize) -> Kind {
    let mut at = number * 37 % HUNDRED;
    for (kind, share) in MIX {
        if at < *share {
            return *kind;
        }
        at -= share;
    }
    Kind::Cell
}

fn find(address: SocketAddr) -> Result<Targets, String> {
    let mut clerk = Browser::sign_in(address, "tinh-van-phong")?;
    let mut secretary = Browser::sign_in(address, "chi-bo-bi-thu")?;
    let round = first(&mut clerk, "/dot", "/dot/")?;
    let province = clerk.get(&round)?.location.ok_or("the round leads to no overview")?;
    let prefix = province.rsplit_once('/').map_or("", |(prefix, _)| prefix).to_owned() + "/";
    let districts = links(&clerk.get(&province)?.body, &prefix);
    let (mut bases, mut cells, mut cases) = (Vec::new(), Vec::new(), Vec::new());
    for district in districts.iter().take(4) {
        bases.extend(
            links(&clerk.get(district)?.body, &prefix).into_iter().filter(|page| *page != province).take(PAGES / 4),
        );
    }
    for base in bases.iter().take(PAGES / 2) {
        let body = clerk.get(base)?.body;
        cells.extend(
            links(&body, "/dot/")
                .into_iter()
                .filter(|page| page.matches('/').count() == 3 && !page.ends_with("gian"))
                .take(3),
        );
    }
    for cell in cells.iter().take(PAGES / 3) {
        cases.extend(links(&clerk.get(cell)?.body, "/ho-so/").into_iter().take(3));
    }
    let mut drafts = BTreeMap::new();
    let own = first(&mut secretary, "/dot", "/dot/")?;
    let register = links(&secretary.get(&own)?.body, "/dot/").into_iter().find(|page| page.matches('/').count() == 3);
    // What is open to be written: of his members in the register, of his cell on his own list.
    let register = secretary.get(&register.ok_or("the secretary sees no register")?)?.body + &secretary.get("/")?.body;
    for page in links(&register, "/ho-so/").into_iter().filter(|page| page.ends_with("/tu-kiem-diem")).take(PAGES) {
        let body = secretary.get(&page)?.body;
        let mut fields = browser::hidden(&body);
        fields
            .extend(browser::text_areas(&body).into_iter().take(3).map(|name| (name, "Câu mẫu đang viết.".to_owned())));
        fields.push(("do".to_owned(), "save".to_owned()));
        drafts.insert(page, fields);
    }
    let pages = BTreeMap::from([
        (Kind::Province, vec![province]),
        (Kind::District, districts),
        (Kind::Base, bases),
        (Kind::Cell, cells),
        (Kind::Case, cases),
        (Kind::Start, vec!["/".to_owned()]),
        (Kind::SaveDraft, drafts.keys().cloned().collect()),
    ]);
    match pages.iter().find(|(_, pages)| pages.is_empty()) {
        Some((kind, _)) => Err(format!("no page of kind {kind:?} was found")),
        None => Ok(Targets { clerk, secretary, pages, drafts }),
    }
}

fn first(browser: &mut Browser, page: &str, prefix: &str) -> Result<String, String> {
    let found = links(&browser.get(page)?.body, prefix).into_iter().find(|link| link.len() > prefix.len() + 30);
    found.ok_or_else(|| format!("{page} has no link to {prefix}"))
}

/// Addresses in a page that begin so and lead no further than one more step, in order, each once.
fn links(body: &str, prefix: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in body.split("href=\"").skip(1) {
        let link = part.split('"').next().unwrap_or_default();
        let rest = link.strip_prefix(prefix).unwrap_or_default();
        if !rest.is_empty()
            && rest.matches('/').count() <= 1
            && !rest.contains('?')
            && !rest.contains("danh-sach")
            && !rest.contains("tong-hop")
            && !found.iter().any(|one| one == link)
        {
            found.push(link.to_owned());
        }
    }
    found
}

/// The most memory a process held so far, in MB; 0 when it cannot be read.
#[must_use]
pub fn peak_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

/// Processor time a process took so far; nothing when it cannot be read.
#[must_use]
pub fn processor_time(pid: u32) -> Duration {
    /// The system counts in hundredths of a second.
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u32 =
        behind_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok()).sum();
    TICK * ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_requests_are_mixed_as_the_plan_says() {
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for number in 0..HUNDRED {
            *counts.entry(kind_of(number)).or_default() += 1;
        }
        assert_eq!(counts, MIX.iter().copied().collect());
    }

    #[test]
    fn links_are_read_once_each_and_not_beyond_the_page() {
        let body =
            "<a href=\"/dot/1\">x</a><a href=\"/dot/1\">y</a><a href=\"/dot/1/2\">z</a><a href=\"/dot/1/2/3\">w</a>";
        assert_eq!(links(body, "/dot/"), ["/dot/1", "/dot/1/2"]);
    }

    #[test]
    fn percentiles_are_read_from_ordered_latencies() {
        let measured = Measured { micros: (1..=100).map(|n| n * 1_000).collect(), errors: 0 };
        assert!((measured.percentile(50) - 51.0).abs() < f64::EPSILON);
        assert!((measured.percentile(99) - 100.0).abs() < f64::EPSILON);
    }
}
