//! The orders that a hook is about: being selected, signed, booked or sent off.
//!
//! They are read before anything else, because most orders are none of ours and must be answered at once. What is only
//! being written is never part of the record: it is taken out of what was sent along, wherever it stands there.

use std::borrow::Cow;

use spinemet_engine::guidance::order::Order;

use super::error::CdsError;
use super::request::{Request, missing};
use super::service::Hook;
use crate::assess::Assessor;
use crate::fhir::{Issue, Kind, Object, Reader, Record, RecordBuilder, Resource, is_id};
use fhir_wire::IssueType;

/// An order that the guidance speaks about.
pub(super) struct Draft<'a> {
    /// What is ordered.
    pub order: Order,
    /// Further parts of the same operation.
    pub parts: Vec<Order>,
    /// Type of the resource.
    pub kind: Cow<'a, str>,
    /// Its reference, where it has an id by which a card can name it.
    pub reference: Option<String>,
    /// Its members as they were sent.
    pub members: Vec<(String, &'a str)>,
    /// Whether the user is at it now: selected, or all where nothing is selected.
    pub is_in_hand: bool,
}

impl Draft<'_> {
    /// What is ordered, part by part.
    pub fn all(&self) -> impl Iterator<Item = &Order> {
        std::iter::once(&self.order).chain(&self.parts)
    }
}

/// The orders of a request.
#[derive(Default)]
pub(super) struct Drafts<'a> {
    /// Those that the guidance speaks about.
    pub orders: Vec<Draft<'a>>,
    /// The references that are no facts of the record: the orders themselves, and those that they replace.
    pub superseded: Vec<String>,
}

impl<'a> Drafts<'a> {
    /// Reads the orders that the context brings along.
    pub fn read(assessor: &Assessor, request: &Request<'a>, hook: Hook) -> Result<Self, CdsError> {
        let name = match hook {
            Hook::OrderSelect | Hook::OrderSign => "draftOrders",
            Hook::AppointmentBook => "appointments",
            _ => return Ok(Self::default()),
        };
        let place = format!("context.{name}");
        let bundle = request.context.get(name).filter(|value| value.kind() != Kind::Null);
        let bundle = bundle.ok_or_else(|| missing(&place, "Send the Bundle that the hook is about."))?;
        if bundle.kind() != Kind::Object {
            let issue = Issue::error(IssueType::Structure, "Expected a Bundle as an object.").at(place);
            return Err(CdsError::malformed(issue));
        }
        let mut builder = RecordBuilder::default();
        builder.add(bundle, &place)?;
        let record = builder.finish(Some(&request.patient))?;
        let selected =
            if hook == Hook::OrderSelect { references(&request.context, "selections") } else { Vec::new() };
        let mut drafts = Self::default();
        for resource in &record.resources {
            drafts.superseded.extend(replaced(resource));
            drafts.superseded.push(resource.reference.clone());
        }
        let found: Vec<Vec<Order>> =
            record.resources.iter().map(|resource| orders(assessor, &record, resource)).collect();
        for (resource, orders) in record.resources.iter().zip(found) {
            let Some(mut draft) = draft(resource, orders) else { continue };
            draft.is_in_hand =
                selected.is_empty() || draft.reference.as_ref().is_some_and(|own| selected.contains(own));
            drafts.orders.push(draft);
        }
        Ok(drafts)
    }

    /// Finds the orders that are sent off, which the context names and the record holds.
    pub fn dispatched(
        assessor: &Assessor,
        context: &Object<'_>,
        record: &Record<'a>,
    ) -> Result<Option<Self>, CdsError> {
        let named = dispatched_references(context);
        if named.is_empty() {
            return Err(missing("context.dispatchedOrders", "Send the references of the orders."));
        }
        let found: Vec<Vec<Order>> = record
            .resources
            .iter()
            .map(|resource| {
                if named.contains(&resource.reference) {
                    orders(assessor, record, resource)
                } else {
                    Vec::new()
                }
            })
            .collect();
        if !record.resources.iter().any(|resource| named.contains(&resource.reference)) {
            return Ok(None);
        }
        let mut drafts = Self { superseded: named, ..Self::default() };
        drafts.orders = record
            .resources
            .iter()
            .zip(found)
            .filter_map(|(resource, orders)| draft(resource, orders))
            .collect();
        Ok(Some(drafts))
    }

    /// Whether a rule could speak about any order in hand.
    pub fn concern_us(&self) -> bool {
        let mut in_hand = self.orders.iter().filter(|draft| draft.is_in_hand).flat_map(Draft::all);
        in_hand.any(|order| order.ordered.may_concern())
    }

    /// Takes out of the record what is only being written, and what it replaces.
    pub fn take_out_of(&self, record: &mut Record<'_>) {
        record.resources.retain(|resource| !self.superseded.contains(&resource.reference));
    }
}

fn orders(assessor: &Assessor, record: &Record<'_>, resource: &Resource<'_>) -> Vec<Order> {
    let mut orders = assessor.mappings().orders(record, resource).unwrap_or_default();
    // Without an id, the place tells one order from another.
    if own_id(resource).is_none() {
        for order in &mut orders {
            order.evidence.resource.clone_from(&resource.place);
        }
    }
    orders
}

/// A resource as an order; `None` where it orders nothing.
fn draft<'a>(resource: &Resource<'a>, orders: Vec<Order>) -> Option<Draft<'a>> {
    let mut parts = orders.into_iter();
    let order = parts.next()?;
    let reference = own_id(resource).map(|id| format!("{}/{id}", resource.kind));
    let members = resource.object.members();
    Some(Draft {
        order,
        parts: parts.collect(),
        reference,
        members,
        kind: resource.kind.clone(),
        is_in_hand: true,
    })
}

fn own_id(resource: &Resource<'_>) -> Option<String> {
    let id = resource.object.get("id")?.string().ok()?;
    is_id(&id).then(|| id.into_owned())
}

/// The orders that an order replaces.
fn replaced(resource: &Resource<'_>) -> Vec<String> {
    let mut reader = Reader::default();
    let object = &resource.object;
    let mut replaced = reader.list(object, "replaces", |reader, value| {
        let reference = reader.object(value)?;
        reader.string(&reference, "reference").map(Cow::into_owned)
    });
    replaced.extend(reader.member(object, "priorPrescription", |reader, value| {
        let reference = reader.object(value)?;
        reader.string(&reference, "reference").map(Cow::into_owned)
    }));
    replaced.iter().map(|reference| relative(reference)).collect()
}

/// A list of references, as strings or as FHIR's Reference.
fn references(context: &Object<'_>, name: &str) -> Vec<String> {
    let Some(value) = context.get(name) else { return Vec::new() };
    let values = value.array().unwrap_or_else(|_| vec![value]);
    let texts = values.into_iter().filter_map(|value| match value.kind() {
        Kind::String => value.string().ok(),
        Kind::Object => value.object().ok()?.get("reference")?.string().ok(),
        _ => None,
    });
    texts.map(|text| relative(&text)).collect()
}

/// The orders of order-dispatch: `dispatchedOrders` today, `order` in older drafts of the hook.
fn dispatched_references(context: &Object<'_>) -> Vec<String> {
    let names = ["dispatchedOrders", "dispatched-orders", "orders", "order"];
    names
        .into_iter()
        .map(|name| references(context, name))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// `Type/id`, whatever server stands before it and whatever version behind.
fn relative(reference: &str) -> String {
    let reference = reference.split("/_history/").next().unwrap_or(reference);
    let mut parts = reference.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(id), Some(kind)) => format!("{kind}/{id}"),
        _ => reference.to_owned(),
    }
}
