//! What the CDS services said, and what users did with it. No row holds anything of a patient.

use super::sql::{Sql, Value};
use super::{Store, StoreError};

/// How many keys one statement asks for.
const KEYS: usize = 200;

/// One thing that a card said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardStatement {
    /// The card's uuid.
    pub card: String,
    /// Its place in the card.
    pub position: i64,
    /// The service.
    pub service: String,
    /// The call, as a UUID.
    pub hook_instance: String,
    /// The rule that leads.
    pub rule: String,
    /// How urgent.
    pub severity: String,
    /// What is ordered.
    pub ordered: Option<String>,
    /// What it is recognised by when it is said again.
    pub suppression_key: String,
    /// What became of it.
    pub fate: String,
    /// The card in which it was shown.
    pub shown_in: String,
    /// When, in microseconds since 1970.
    pub said_at: i64,
}

/// What a user did with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFeedback {
    /// The card's uuid.
    pub card: String,
    /// `accepted` or `overridden`.
    pub outcome: &'static str,
    /// When, as the client wrote it.
    pub outcome_at: String,
    /// The suggestions that were accepted.
    pub suggestions: Vec<String>,
    /// The code system and code of the reason.
    pub reason: Option<(String, String)>,
    /// Whether there was a reason, coded or in words.
    pub has_reason: bool,
}

/// How often a rule was said, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: String,
    /// `shown`, `folded`, `suppressed`, `shadow`, `accepted` or `overridden`.
    pub what: String,
    /// How many cards.
    pub cards: i64,
}

/// A statement as it is read: card, position, rule, severity, order, key, fate, where it was shown, when.
type Row = (String, i64, String, String, Option<String>, String, String, String, i64);

impl Store {
    /// Records what was said. What is recorded already stays as it is.
    pub async fn record_cards(&self, tenant: &str, said: Vec<CardStatement>) -> Result<(), StoreError> {
        if said.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            "INSERT INTO card_statement (tenant, card, position, service, hook_instance, rule, severity, ordered, \
             suppression_key, fate, shown_in, said_at) VALUES ",
        );
        let row = |said: CardStatement| -> [Value; 12] {
            [
                tenant.into(),
                said.card.into(),
                said.position.into(),
                said.service.into(),
                said.hook_instance.into(),
                said.rule.into(),
                said.severity.into(),
                said.ordered.into(),
                said.suppression_key.into(),
                said.fate.into(),
                said.shown_in.into(),
                said.said_at.into(),
            ]
        };
        sql.rows(said.into_iter().map(row)).push(" ON CONFLICT DO NOTHING");
        self.write(tenant, Vec::new(), vec![sql]).await.map(drop)
    }

    /// Records feedback, all of it or none, and returns for each whether it is new. What was sent before is the same.
    pub async fn record_feedback(
        &self,
        tenant: &str,
        service: &str,
        received_at: i64,
        feedback: Vec<CardFeedback>,
    ) -> Result<Vec<bool>, StoreError> {
        let statement = |feedback: CardFeedback| {
            let suggestions = feedback.suggestions.join(" ");
            let (system, code) = feedback.reason.unzip();
            let row: [Value; 10] = [
                tenant.into(),
                feedback.card.into(),
                feedback.outcome.into(),
                feedback.outcome_at.into(),
                service.into(),
                (!suggestions.is_empty()).then_some(suggestions).into(),
                system.into(),
                code.into(),
                i64::from(feedback.has_reason).into(),
                received_at.into(),
            ];
            let mut sql = Sql::new(
                "INSERT INTO card_feedback (tenant, card, outcome, outcome_at, service, suggestions, reason_system, \
                 reason_code, has_reason, received_at) VALUES ",
            );
            sql.rows([row]).push(" ON CONFLICT DO NOTHING");
            sql
        };
        let statements = feedback.into_iter().map(statement).collect();
        let committed = self.write(tenant, Vec::new(), statements).await?;
        Ok(committed.rows.into_iter().map(|rows| rows > 0).collect())
    }

    /// Of these keys, those of what was overridden with a reason.
    pub async fn overridden(&self, tenant: &str, keys: &[&str]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for some in keys.chunks(KEYS) {
            let mut sql = Sql::new(
                "SELECT DISTINCT s.suppression_key FROM card_statement s JOIN card_feedback f \
                 ON f.tenant = s.tenant AND f.card = s.shown_in \
                 WHERE f.outcome = 'overridden' AND f.has_reason = 1 AND s.fate IN ('shown', 'folded') AND s.tenant = ",
            );
            sql.value(tenant).push(" AND s.suppression_key IN (");
            sql.values(some.iter().map(|key| Value::from(*key))).push(")");
            found.extend(self.fetch::<(String,)>(sql).await?.into_iter().map(|(key,)| key));
        }
        Ok(found)
    }

    /// What was said in a call, in the order in which it was.
    pub async fn cards_of_call(
        &self,
        tenant: &str,
        service: &str,
        hook_instance: &str,
    ) -> Result<Vec<CardStatement>, StoreError> {
        let sql = Sql::new(
            "SELECT card, position, rule, severity, ordered, suppression_key, fate, shown_in, said_at \
             FROM card_statement WHERE tenant = $1 AND hook_instance = $2 AND service = $3 \
             ORDER BY said_at, card, position",
        );
        let rows: Vec<Row> = self.fetch(sql.bind(tenant).bind(hook_instance).bind(service)).await?;
        let of_row =
            |(card, position, rule, severity, ordered, key, fate, shown_in, said_at): Row| CardStatement {
                card,
                position,
                service: service.to_owned(),
                hook_instance: hook_instance.to_owned(),
                rule,
                severity,
                ordered,
                suppression_key: key,
                fate,
                shown_in,
                said_at,
            };
        Ok(rows.into_iter().map(of_row).collect())
    }

    /// The rules that a card speaks of.
    pub async fn rules_of_card(&self, tenant: &str, card: &str) -> Result<Vec<String>, StoreError> {
        let sql = Sql::new("SELECT DISTINCT rule FROM card_statement WHERE tenant = $1 AND shown_in = $2");
        let rules: Vec<(String,)> = self.fetch(sql.bind(tenant).bind(card)).await?;
        Ok(rules.into_iter().map(|(rule,)| rule).collect())
    }

    /// How often each rule of a service was said, and what became of it.
    pub async fn rule_counts(&self, tenant: &str, service: &str) -> Result<Vec<RuleCount>, StoreError> {
        let sql = Sql::new(
            "SELECT rule, fate AS what, COUNT(DISTINCT card) AS cards FROM card_statement \
             WHERE tenant = $1 AND service = $2 GROUP BY rule, fate UNION ALL \
             SELECT s.rule, f.outcome AS what, COUNT(DISTINCT s.card) AS cards FROM card_statement s \
             JOIN card_feedback f ON f.tenant = s.tenant AND f.card = s.shown_in \
             WHERE s.tenant = $3 AND s.service = $4 GROUP BY s.rule, f.outcome ORDER BY 1, 2",
        );
        let sql = sql.bind(tenant).bind(service).bind(tenant).bind(service);
        let rows: Vec<(String, String, i64)> = self.fetch(sql).await?;
        Ok(rows.into_iter().map(|(rule, what, cards)| RuleCount { rule, what, cards }).collect())
    }

    /// Forgets what was said, and what was done with it, before an instant in microseconds since 1970. What was overridden
    /// then is said again when it is due.
    pub async fn forget_cards(&self, before: i64) -> Result<u64, StoreError> {
        let statements = ["card_statement WHERE said_at <", "card_feedback WHERE received_at <"]
            .map(|what| Sql::new(&format!("DELETE FROM {what} $1")).bind(before));
        let committed = self.write("", Vec::new(), statements.to_vec()).await?;
        Ok(committed.rows.iter().sum())
    }
}
