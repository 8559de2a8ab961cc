//! Hands that a journey needs now and then: a finger on the glass, and a mouse that drags.

use std::borrow::Cow;

use chromiumoxide::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, DispatchTouchEventParams,
    DispatchTouchEventReturns, DispatchTouchEventType, MouseButton, TouchPoint,
};
use chromiumoxide::{Command, Method};
use serde::Serialize;

use crate::harness::Outcome;
use crate::tab::Tab;

/// A finger that leaves the glass. The driver's own message would lack the empty list that the browser asks for.
#[derive(Debug, Serialize)]
struct Lift {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "touchPoints")]
    points: [(); 0],
}

impl Method for Lift {
    fn identifier(&self) -> Cow<'static, str> {
        DispatchTouchEventParams::IDENTIFIER.into()
    }
}

impl Command for Lift {
    type Response = DispatchTouchEventReturns;
}

/// The middle of the first element that a selector finds, brought into view.
async fn spot(tab: &Tab, selector: &str) -> Outcome<(f64, f64)> {
    let quoted = serde_json::to_string(selector)?;
    tab.until(&format!("document.querySelector({quoted})"))
        .await?;
    let spot: Option<(f64, f64)> = tab
        .eval(&format!(
            "(() => {{ const one = document.querySelector({quoted});
               one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               const box = one.getClientRects()[0]; if (!box) return null;
               return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ))
        .await?;
    spot.ok_or_else(|| format!("{selector} cannot be seen, so it cannot be touched").into())
}

/// Taps the middle of an element with a finger.
pub async fn tap(tab: &Tab, selector: &str) -> Outcome {
    let (x, y) = spot(tab, selector).await?;
    let touch = DispatchTouchEventParams::new(
        DispatchTouchEventType::TouchStart,
        vec![TouchPoint::new(x, y)],
    );
    tab.page.execute(touch).await?;
    let lift = Lift {
        kind: "touchEnd",
        points: [],
    };
    tab.page.execute(lift).await?;
    Ok(())
}

/// Drags one element well over another by mouse; both must be on the screen together.
pub async fn drag(tab: &Tab, from: &str, to: &str) -> Outcome {
    spot(tab, to).await?;
    let (x, y) = spot(tab, from).await?;
    let quoted = serde_json::to_string(to)?;
    let (to_x, to_y): (f64, f64) = tab
        .eval(&format!(
            "(() => {{ const box = document.querySelector({quoted}).getBoundingClientRect();
               return [box.x + box.width / 2, box.y + box.height * (box.y < {y} ? 0.25 : 0.75)]; }})()"
        ))
        .await?;
    let halfway = (x.midpoint(to_x), y.midpoint(to_y));
    for (kind, (x, y)) in [
        (DispatchMouseEventType::MouseMoved, (x, y)),
        (DispatchMouseEventType::MousePressed, (x, y)),
        (DispatchMouseEventType::MouseMoved, halfway),
        (DispatchMouseEventType::MouseMoved, (to_x, to_y)),
        (DispatchMouseEventType::MouseReleased, (to_x, to_y)),
    ] {
        let event = DispatchMouseEventParams::builder()
            .r#type(kind)
            .x(x)
            .y(y)
            .button(MouseButton::Left)
            .buttons(1)
            .click_count(1);
        tab.page.execute(event.build()?).await?;
    }
    Ok(())
}
