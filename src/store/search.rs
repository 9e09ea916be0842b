//! Answering searches from indices, page by page, at a point in the order of commits.
//!
//! A page costs what it holds, however deep it lies: it begins after the last row of the one before (a key, not an
//! offset), and what drives the search is an index in the order of the answer. Where several conditions could drive it,
//! a look at how many resources each finds, up to a limit, decides.

use crate::fhir::search::{Condition, Key, Order, Span, Term};

use super::database::Readers;
use super::draft::term_digest;
use super::sql::{Sql, Value};
use super::stored::{COLUMNS, Found, Stored};
use super::{Store, StoreError};

/// So few matches are sorted; more are read in the order of an index.
const FEW: i64 = 1000;

/// A place between two resources in an order: after this one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Position {
    /// In the order of storing.
    Updated(i64),
    /// In the order of dates, and then of storing.
    Date(i64, i64),
    /// In the order of ids.
    Id(String),
}

/// A search for resources of one type.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Whose.
    pub tenant: &'a str,
    /// The type.
    pub resource_type: &'a str,
    /// What must hold for each.
    pub conditions: &'a [Condition],
    /// The point in the order of commits at which they are looked at; see [`Store::snapshot`].
    pub snapshot: i64,
}

/// A part of what a search finds.
#[derive(Debug)]
pub struct Page {
    /// The resources.
    pub found: Vec<Stored>,
    /// Where the next page begins, if there is one.
    pub next: Option<Position>,
}

/// What a search goes along.
enum Driver<'a> {
    /// All of a type, in the order of the answer.
    Type,
    /// These ids.
    Ids,
    /// The resources with a term, in the order of storing.
    Term(&'a Term),
    /// The few resources with one of these terms.
    Few(&'a [Term]),
}

impl Store {
    /// The latest commit. Everything up to it is there and stays as it is, whatever is written later.
    pub async fn snapshot(&self) -> Result<i64, StoreError> {
        let latest: Vec<(i64,)> =
            self.fetch(Sql::new("SELECT latest FROM commit_clock WHERE id = 1")).await?;
        latest.first().map(|(latest,)| *latest).ok_or(StoreError::Read(sqlx::Error::RowNotFound))
    }

    /// The order in which a search costs least. It is the same for all pages only where it is kept from the first.
    pub async fn usual_order(&self, search: &Search<'_>) -> Result<Order, StoreError> {
        let is_dated = search.conditions.iter().any(|condition| matches!(condition, Condition::Dated(_)));
        let is_few = match self.most_selective(search).await? {
            Some((_, count)) => count <= FEW,
            None => search.has_ids(),
        };
        let by = if is_dated && !is_few { Key::Date } else { Key::Updated };
        Ok(Order { by, is_descending: false })
    }

    /// A page of what a search finds, after a position.
    pub async fn search(
        &self,
        search: &Search<'_>,
        order: Order,
        after: Option<&Position>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let driver = self.driver(search, order).await?;
        let limit_rows = i64::try_from(limit).unwrap_or(i64::MAX - 1);
        let sql = search.page(&driver, order, after, limit_rows.saturating_add(1));
        let mut found: Vec<Found> = self.fetch(sql).await?;
        let next = if found.len() > limit {
            found.truncate(limit);
            found.last().map(|last| last.position(order.by))
        } else {
            None
        };
        Ok(Page { found: found.into_iter().map(|found| found.stored).collect(), next })
    }

    /// How many resources a search finds on all pages together.
    pub async fn count(&self, search: &Search<'_>) -> Result<u64, StoreError> {
        let order = Order { by: Key::Updated, is_descending: false };
        let driver = self.driver(search, order).await?;
        let sql = search.count(&driver, matches!(self.readers, Readers::Sqlite(_)));
        let counted: Vec<(i64,)> = self.fetch(sql).await?;
        Ok(counted.first().map_or(0, |(count,)| u64::try_from(*count).unwrap_or(0)))
    }

    async fn driver<'a>(&self, search: &Search<'a>, order: Order) -> Result<Driver<'a>, StoreError> {
        if search.has_ids() {
            return Ok(Driver::Ids);
        }
        Ok(match self.most_selective(search).await? {
            Some(([term], count))
                if !term.is_subject_identifier() && (order.by == Key::Updated || count > FEW) =>
            {
                if order.by == Key::Updated { Driver::Term(term) } else { Driver::Type }
            }
            Some((terms, count)) if count <= FEW => Driver::Few(terms),
            _ => Driver::Type,
        })
    }

    /// The condition by terms that finds least, and how many that is; a number above [`FEW`] stands for any.
    async fn most_selective<'a>(&self, search: &Search<'a>) -> Result<Option<(&'a [Term], i64)>, StoreError> {
        let mut best: Option<(&[Term], i64)> = None;
        for condition in search.conditions {
            let Condition::AnyOf(terms) = condition else { continue };
            let mut sql = Sql::new("SELECT count(*) FROM (SELECT 1 FROM posting WHERE term IN (");
            search.any_of(&mut sql, terms);
            sql.push(") LIMIT ").value(FEW + 1).push(") AS capped");
            let counted: Vec<(i64,)> = self.fetch(sql).await?;
            let count = counted.first().map_or(0, |(count,)| *count);
            if best.is_none_or(|(_, least)| count < least) {
                best = Some((terms, count));
            }
        }
        Ok(best)
    }
}

impl Search<'_> {
    fn has_ids(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition, Condition::Ids(_)))
    }

    fn digests(&self, terms: &[Term]) -> impl Iterator<Item = Value> {
        terms.iter().map(|term| Value::from(term_digest(self.tenant, self.resource_type, term)))
    }

    /// Terms as they stand in the table, and for identifiers of patients also those of the patients.
    fn any_of(&self, sql: &mut Sql, terms: &[Term]) {
        if !terms.iter().any(Term::is_subject_identifier) {
            sql.values(self.digests(terms));
            return;
        }
        sql.push("SELECT posting FROM subject_identifier WHERE term IN (").values(self.digests(terms));
        sql.push(") UNION ALL VALUES ").rows(self.digests(terms).map(|digest| [digest]));
    }

    /// The keys of a page are found first, so that no body is read or sorted that is not given.
    fn page(&self, driver: &Driver<'_>, order: Order, after: Option<&Position>, limit: i64) -> Sql {
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS)
            .push(", date_start FROM (SELECT r.sequence AS s, r.date_start AS d, r.id AS i FROM ");
        self.drive(&mut sql, driver, after.filter(|_| order.by == Key::Updated).map(|after| (after, order)));
        self.filter(&mut sql);
        if let Some(after) = after {
            keyset(&mut sql, order, after);
        }
        let direction = if order.is_descending { " DESC" } else { "" };
        // A sign before a column keeps an index out that would have the right order and the wrong rows.
        let inner = match (order.by, driver) {
            (Key::Updated, Driver::Term(_)) => format!("p.sequence{direction}"),
            (Key::Updated, Driver::Type) => format!("r.sequence{direction}"),
            (Key::Updated, _) => format!("+r.sequence{direction}"),
            (Key::Date, Driver::Type) => format!("r.date_start{direction}, r.sequence{direction}"),
            (Key::Date, _) => format!("+r.date_start{direction}, +r.sequence{direction}"),
            (Key::Id, Driver::Type) => format!("r.id{direction}"),
            (Key::Id, _) => format!("r.id{direction}, r.sequence"),
        };
        let outer = match order.by {
            Key::Updated => format!("k.s{direction}"),
            Key::Date => format!("k.d{direction}, k.s{direction}"),
            Key::Id => format!("k.i{direction}"),
        };
        sql.push(" ORDER BY ").push(&inner).push(" LIMIT ").value(limit);
        sql.push(") AS k CROSS JOIN resource_version WHERE sequence = k.s ORDER BY ").push(&outer);
        sql
    }

    fn count(&self, driver: &Driver<'_>, is_sqlite: bool) -> Sql {
        let mut sql = Sql::new("SELECT count(*) FROM ");
        match driver {
            Driver::Term(term) => {
                // All that is counted is in this index; SQLite would rather read the rows.
                let index = if is_sqlite { " INDEXED BY resource_version_by_type" } else { "" };
                sql.push("posting p CROSS JOIN resource_version r").push(index);
                sql.push(" WHERE p.term = ").values(self.digests(std::slice::from_ref(*term)));
                sql.push(" AND r.sequence = p.sequence");
                self.of_type(sql.push(" AND "));
            }
            _ => self.drive(&mut sql, driver, None),
        }
        self.filter(&mut sql);
        sql
    }

    fn of_type(&self, sql: &mut Sql) {
        sql.push("r.tenant = ").value(self.tenant);
        sql.push(" AND r.resource_type = ").value(self.resource_type);
    }

    /// What the search goes along, from the place where the page begins.
    fn drive(&self, sql: &mut Sql, driver: &Driver<'_>, after: Option<(&Position, Order)>) {
        let (first, last) = self.stored_within(after);
        let within = |sql: &mut Sql, column: &str| {
            sql.push(" AND ").push(column).push(" >= ").value(first);
            sql.push(" AND ").push(column).push(" <= ").value(last);
        };
        match driver {
            Driver::Type => {
                sql.push("resource_version r WHERE ");
                self.of_type(sql);
                within(sql, "r.sequence");
            }
            Driver::Ids => {
                sql.push("resource_version r WHERE ");
                self.of_type(sql);
                within(sql, "+r.sequence");
            }
            Driver::Term(term) => {
                sql.push("posting p CROSS JOIN resource_version r WHERE p.term = ");
                sql.values(self.digests(std::slice::from_ref(*term)));
                within(sql, "p.sequence");
                sql.push(" AND r.sequence = p.sequence");
            }
            Driver::Few(terms) => {
                sql.push("(SELECT DISTINCT sequence FROM posting WHERE term IN (");
                self.any_of(sql, terms);
                sql.push(")");
                within(sql, "sequence");
                sql.push(") AS p CROSS JOIN resource_version r WHERE r.sequence = p.sequence");
            }
        }
    }

    /// The first and the last point in the order of commits that can matter.
    fn stored_within(&self, after: Option<(&Position, Order)>) -> (i64, i64) {
        let mut within = (i64::MIN, self.snapshot);
        for condition in self.conditions {
            if let Condition::Updated(ranges) = condition {
                let first = ranges.iter().map(|(first, _)| *first).min().unwrap_or(i64::MAX);
                let last = ranges.iter().map(|(_, last)| *last).max().unwrap_or(i64::MIN);
                within = (within.0.max(first), within.1.min(last));
            }
        }
        match after {
            Some((Position::Updated(sequence), order)) if order.is_descending => {
                (within.0, within.1.min(sequence.saturating_sub(1)))
            }
            Some((Position::Updated(sequence), _)) => (within.0.max(sequence.saturating_add(1)), within.1),
            _ => within,
        }
    }

    fn filter(&self, sql: &mut Sql) {
        sql.push(" AND r.sequence <= ").value(self.snapshot);
        sql.push(" AND r.replaced > ").value(self.snapshot);
        for condition in self.conditions {
            sql.push(" AND ");
            self.holds(sql, condition);
        }
    }

    fn holds(&self, sql: &mut Sql, condition: &Condition) {
        match condition {
            Condition::AnyOf(terms) => {
                sql.push("EXISTS (SELECT 1 FROM posting e WHERE e.sequence = r.sequence AND e.term IN (");
                self.any_of(sql, terms);
                sql.push("))");
            }
            Condition::NoneOf(terms) => {
                sql.push("NOT EXISTS (SELECT 1 FROM posting e WHERE e.sequence = r.sequence AND e.term IN (");
                sql.values(self.digests(terms)).push("))");
            }
            Condition::Ids(ids) => {
                sql.push("r.id IN (").values(ids.iter().map(|id| Value::from(id.as_str()))).push(")");
            }
            Condition::Updated(ranges) => any(sql, ranges, |sql, range| between(sql, "r.sequence", *range)),
            Condition::Dated(spans) => dated(sql, spans),
            Condition::HasDate(true) => {
                sql.push("r.date_start IS NOT NULL");
            }
            Condition::HasDate(false) => {
                sql.push("r.date_start IS NULL");
            }
            Condition::Number(term, ranges) => {
                sql.push("r.sequence IN (SELECT n.sequence FROM number_posting n WHERE n.term = ");
                sql.values(self.digests(std::slice::from_ref(term))).push(" AND ");
                any(sql, ranges, |sql, (above, below)| {
                    // SQLite knows no infinity.
                    let (above, below) = (above.max(f64::MIN), below.min(f64::MAX));
                    sql.push("n.value > ").value(above).push(" AND n.value < ").value(below);
                });
                sql.push(")");
            }
            Condition::Nothing => {
                sql.push("1 = 0");
            }
        }
    }
}

/// `(one OR another)`, or what never holds.
fn any<T>(sql: &mut Sql, items: &[T], mut write: impl FnMut(&mut Sql, &T)) {
    sql.push(if items.is_empty() { "(1 = 0" } else { "(" });
    for (index, item) in items.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { " OR (" });
        write(sql, item);
        sql.push(")");
    }
    sql.push(")");
}

fn between(sql: &mut Sql, column: &str, (first, last): (i64, i64)) {
    sql.push(column).push(" >= ").value(first).push(" AND ").push(column).push(" <= ").value(last);
}

/// A date of ours is less than a second long, which bounds its beginning where only its end is asked for; and the
/// index is by the beginning.
fn dated(sql: &mut Sql, spans: &[Span]) {
    const LONGEST: i64 = 999_999;
    let begins: Vec<(i64, i64)> = spans
        .iter()
        .map(|span| (span.start.0.max(span.end.0.saturating_sub(LONGEST)), span.start.1.min(span.end.1)))
        .collect();
    let first = begins.iter().map(|(first, _)| *first).min().unwrap_or(i64::MAX);
    let last = begins.iter().map(|(_, last)| *last).max().unwrap_or(i64::MIN);
    between(sql, "r.date_start", (first, last));
    sql.push(" AND ");
    any(sql, spans, |sql, span| {
        between(sql, "r.date_start", span.start);
        sql.push(" AND ");
        between(sql, "r.date_end", span.end);
    });
}

/// What comes after a position, where the order is not that of storing.
fn keyset(sql: &mut Sql, order: Order, after: &Position) {
    let beyond = if order.is_descending { " < " } else { " > " };
    match after {
        Position::Updated(_) => (),
        Position::Date(date, sequence) => {
            sql.push(" AND (r.date_start, r.sequence)").push(beyond);
            sql.push("(").values([Value::from(*date), Value::from(*sequence)]).push(")");
        }
        Position::Id(id) => {
            sql.push(" AND r.id").push(beyond).value(id.as_str());
        }
    }
}
