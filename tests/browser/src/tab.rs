//! A tab with a profile of its own, and the hands and eyes that a journey needs: going, clicking, typing, waiting for
//! something to become true, and the record of everything that was asked of the network or complained about.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chromiumoxide::browser::Browser;
use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
    SetScriptExecutionDisabledParams, SetTouchEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{
    DispatchKeyEventParams, DispatchKeyEventType, DispatchMouseEventParams, DispatchMouseEventType,
    ImeSetCompositionParams, InsertTextParams, MouseButton,
};
use chromiumoxide::cdp::browser_protocol::network::{BlockPattern, SetBlockedUrLsParams};
use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, CaptureScreenshotParams, NavigateParams,
};
use chromiumoxide::cdp::browser_protocol::target::{
    CreateBrowserContextParams, CreateTargetParams,
};
use chromiumoxide::cdp::js_protocol::runtime::EvaluateParams;
use chromiumoxide::keys::get_key_definition;
use chromiumoxide::page::Page;
use libtest_mimic::Failed;
use serde::de::DeserializeOwned;

use crate::harness::Outcome;
use crate::lab;
use crate::record::Record;
use crate::server::serve;
use crate::site::{Site, Way, encode};

/// How long anything may take on a busy machine before it counts as not coming.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at again.
const BLINK: Duration = Duration::from_millis(20);

/// What the site is looked at on.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    pub width: i64,
    pub height: i64,
    /// Whether it is held in the hand and touched.
    pub phone: bool,
}

/// A desk.
pub const DESK: Screen = Screen {
    width: 1280,
    height: 900,
    phone: false,
};
/// A common phone.
pub const PHONE: Screen = Screen {
    width: 390,
    height: 844,
    phone: true,
};
/// The narrowest screen that must do.
pub const NARROW: Screen = Screen {
    width: 320,
    height: 640,
    phone: true,
};

/// An open tab.
pub struct Tab {
    /// The browser's own handle of it, for other hands.
    pub page: Page,
    context: BrowserContextId,
    /// Its address without a path, ending in `/`.
    base: String,
    /// The site that stands there.
    pub site: Arc<Site>,
    record: Mutex<Record>,
}

impl Tab {
    /// Opens an empty tab on a desk, in daylight.
    pub async fn open(browser: &Browser, site: Arc<Site>, way: Way) -> Outcome<Self> {
        let base = match way {
            Way::Http => format!("http://{}/", serve(site.folder()).await?),
            Way::Folder => format!("file://{}/", site.folder().display()),
        };
        let context = browser
            .create_browser_context(CreateBrowserContextParams::default())
            .await?;
        let blank = CreateTargetParams::builder()
            .url("about:blank")
            .browser_context_id(context.clone());
        let page = browser.new_page(blank.build()?).await?;
        let record = Mutex::new(Record::of(&page).await?);
        let tab = Self {
            page,
            context,
            base,
            site,
            record,
        };
        tab.screen(DESK).await?;
        tab.scheme("light").await?;
        Ok(tab)
    }

    /// Closes the tab and forgets its profile.
    pub async fn close(self, browser: &Browser) -> Outcome {
        self.page.close().await?;
        Ok(browser.dispose_browser_context(self.context).await?)
    }

    /// Every page that can be opened this way: from a folder there is no host to answer with the page of lost links.
    pub fn pages(&self) -> Vec<String> {
        let open = |page: &&String| self.base.starts_with("http") || *page != "404.html";
        self.site.pages.iter().filter(open).cloned().collect()
    }

    /// One page of each kind, the first by path.
    pub fn one_of_each_kind(&self) -> Outcome<Vec<String>> {
        let mut kinds = Vec::new();
        let mut found = Vec::new();
        for page in self.pages() {
            let kind = self.site.kind(&page)?;
            if !kind.is_empty() && !kinds.contains(&kind) {
                kinds.push(kind);
                found.push(page);
            }
        }
        Ok(found)
    }

    /// Goes to a path of the site, which may end in a query or an anchor, and waits until it is there.
    pub async fn visit(&self, path: &str) -> Outcome {
        let (file, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
        let url = format!("{}{}{rest}", self.base, encode(file));
        let answer = self.page.execute(NavigateParams::new(&url)).await?;
        if let Some(error) = &answer.result.error_text {
            return Err(format!("{url}: {error}").into());
        }
        self.until("document.readyState === 'complete'").await
    }

    /// Goes to a page as [`Tab::visit`] does, and waits for what comes when it can be read.
    pub async fn meet(&self, path: &str) -> Outcome {
        self.visit(path).await?;
        self.until("!document.querySelector('script[data-scenario]') || document.body.dataset.walk")
            .await
    }

    /// Waits until the page at a path of the site has arrived.
    pub async fn arrives(&self, path: &str) -> Outcome {
        let there = serde_json::to_string(&format!("/{path}"))?;
        let ready = "document.readyState === 'complete'";
        self.until(&format!(
            "decodeURI(location.pathname).endsWith({there}) && {ready}"
        ))
        .await
    }

    /// The path of the page that is open, below the site, without query and anchor.
    pub async fn path(&self) -> Outcome<String> {
        let address: String = self
            .eval("decodeURI(location.href.split(/[?#]/)[0])")
            .await?;
        Ok(address
            .strip_prefix(&self.base)
            .unwrap_or(&address)
            .to_owned())
    }

    /// What an expression gives; promises are awaited.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> Outcome<T> {
        let params = EvaluateParams::builder()
            .expression(expression)
            .await_promise(true)
            .return_by_value(true);
        let answer = self.page.execute(params.build()?).await?.result;
        if let Some(thrown) = answer.exception_details {
            let text = thrown
                .exception
                .and_then(|exception| exception.description)
                .unwrap_or(thrown.text);
            return Err(format!("{expression}: {text}").into());
        }
        let value = answer.result.value.unwrap_or_default();
        serde_json::from_value(value).map_err(|error| format!("{expression}: {error}").into())
    }

    /// Runs statements of which nothing is asked.
    pub async fn run(&self, script: &str) -> Outcome {
        let _: serde_json::Value = self.eval(&format!("{{ {script}; }} null")).await?;
        Ok(())
    }

    /// Waits until an expression is true. While a page gives way to the next, nothing is.
    pub async fn until(&self, expression: &str) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        let mut last;
        loop {
            match self.eval::<bool>(&format!("!!({expression})")).await {
                Ok(true) => return Ok(()),
                Ok(false) => last = String::new(),
                Err(failed) => last = format!("; {}", failed.message().unwrap_or_default()),
            }
            if Instant::now() > deadline {
                return Err(format!("not true within {PATIENCE:?}: {expression}{last}").into());
            }
            tokio::time::sleep(BLINK).await;
        }
    }

    /// Fails with `what` unless an expression is true now.
    pub async fn holds(&self, what: &str, expression: &str) -> Outcome {
        if self.eval::<bool>(&format!("!!({expression})")).await? {
            Ok(())
        } else {
            Err(what.into())
        }
    }

    /// Waits until a promise that an expression makes anew is kept with something true.
    pub async fn until_later(&self, expression: &str) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        while !self
            .eval::<bool>(&format!("Promise.resolve({expression}).then(Boolean)"))
            .await?
        {
            if Instant::now() > deadline {
                return Err(format!("not true within {PATIENCE:?}: {expression}").into());
            }
            tokio::time::sleep(BLINK).await;
        }
        Ok(())
    }

    /// Fails with `what` unless a promise is kept with something true.
    pub async fn holds_later(&self, what: &str, expression: &str) -> Outcome {
        if self
            .eval::<bool>(&format!("Promise.resolve({expression}).then(Boolean)"))
            .await?
        {
            Ok(())
        } else {
            Err(what.into())
        }
    }

    /// Clicks the middle of the first element that a selector finds, as a hand would: what covers it gets the click.
    pub async fn click(&self, selector: &str) -> Outcome {
        let quoted = serde_json::to_string(selector)?;
        self.until(&format!("document.querySelector({quoted})"))
            .await?;
        let spot = format!(
            "(() => {{ const one = document.querySelector({quoted});
               one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
               const box = one.getClientRects()[0]; if (!box) return null;
               return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        );
        let Some((x, y)) = self.eval::<Option<(f64, f64)>>(&spot).await? else {
            return Err(format!("{selector} cannot be seen, so it cannot be clicked").into());
        };
        for kind in [
            DispatchMouseEventType::MousePressed,
            DispatchMouseEventType::MouseReleased,
        ] {
            let event = DispatchMouseEventParams::builder()
                .r#type(kind)
                .x(x)
                .y(y)
                .button(MouseButton::Left)
                .click_count(1);
            self.page.execute(event.build()?).await?;
        }
        Ok(())
    }

    /// Clicks a link and waits for the page it promises; gives that page's path.
    pub async fn follow(&self, selector: &str) -> Outcome<String> {
        let quoted = serde_json::to_string(selector)?;
        self.until(&format!("document.querySelector({quoted})"))
            .await?;
        let promised: String = self
            .eval(&format!(
                "decodeURI(document.querySelector({quoted}).href.split(/[?#]/)[0])"
            ))
            .await?;
        self.click(selector).await?;
        let there = serde_json::to_string(&promised)?;
        self.until(&format!(
            "decodeURI(location.href.split(/[?#]/)[0]) === {there}"
        ))
        .await?;
        self.until("document.readyState === 'complete'").await?;
        self.path().await
    }

    /// Presses and lets go a key, by its name: `Tab`, `Shift+Tab`, `Enter`, `/`.
    pub async fn press(&self, keys: &str) -> Outcome {
        let (modifiers, name) = match keys.split_once('+') {
            Some(("Shift", name)) => (8, name),
            Some(("Control", name)) => (2, name),
            _ => (0, keys),
        };
        let key = get_key_definition(name).ok_or_else(|| format!("no key is called {name}"))?;
        let text = key
            .text
            .or(Some(key.key).filter(|key| key.len() == 1))
            .filter(|_| modifiers != 2);
        for kind in [DispatchKeyEventType::KeyDown, DispatchKeyEventType::KeyUp] {
            let mut event = DispatchKeyEventParams::builder()
                .key(key.key)
                .code(key.code)
                .modifiers(modifiers)
                .windows_virtual_key_code(key.key_code);
            if let (Some(text), DispatchKeyEventType::KeyDown) = (text, &kind) {
                event = event.text(text);
            }
            self.page.execute(event.r#type(kind).build()?).await?;
        }
        Ok(())
    }

    /// Enters text where the cursor is, as an input method does that composed it from `spelling` first.
    pub async fn compose(&self, spelling: &str, text: &str) -> Outcome {
        let length = i64::try_from(spelling.encode_utf16().count())?;
        self.page
            .execute(ImeSetCompositionParams::new(spelling, length, length))
            .await?;
        self.enter(text).await
    }

    /// Enters text where the cursor is.
    pub async fn enter(&self, text: &str) -> Outcome {
        self.page.execute(InsertTextParams::new(text)).await?;
        Ok(())
    }

    /// Looks at the site on another screen.
    pub async fn screen(&self, screen: Screen) -> Outcome {
        let scale = if screen.phone { 2.0 } else { 1.0 };
        self.page
            .execute(SetDeviceMetricsOverrideParams::new(
                screen.width,
                screen.height,
                scale,
                screen.phone,
            ))
            .await?;
        self.page
            .execute(SetTouchEmulationEnabledParams::new(screen.phone))
            .await?;
        Ok(())
    }

    /// Asks for `light` or `dark` colours, as the system's setting does.
    pub async fn scheme(&self, scheme: &str) -> Outcome {
        let features = vec![
            MediaFeature::new("prefers-color-scheme", scheme),
            MediaFeature::new("prefers-reduced-motion", "reduce"),
        ];
        self.page
            .execute(SetEmulatedMediaParams::builder().features(features).build())
            .await?;
        Ok(())
    }

    /// Looks at pages as the printer gets them.
    pub async fn paper(&self) -> Outcome {
        self.page
            .execute(SetEmulatedMediaParams::builder().media("print").build())
            .await?;
        Ok(())
    }

    /// Switches the pages' own scripts off.
    pub async fn without_scripts(&self) -> Outcome {
        self.page
            .execute(SetScriptExecutionDisabledParams::new(true))
            .await?;
        Ok(())
    }

    /// Runs a script at the start of every page to come, before the page's own.
    pub async fn at_every_start(&self, script: &str) -> Outcome {
        self.page
            .execute(AddScriptToEvaluateOnNewDocumentParams::new(script))
            .await?;
        Ok(())
    }

    /// Lets every request for one of these addresses fail, `*` standing for anything, until told otherwise.
    pub async fn block(&self, addresses: &[&str]) -> Outcome {
        let patterns = addresses
            .iter()
            .map(|address| BlockPattern::new(*address, true))
            .collect::<Vec<_>>();
        self.page
            .execute(
                SetBlockedUrLsParams::builder()
                    .url_patterns(patterns)
                    .build(),
            )
            .await?;
        Ok(())
    }

    /// A picture of what can be seen now.
    pub async fn picture(&self) -> Outcome<Vec<u8>> {
        let answer = self
            .page
            .execute(CaptureScreenshotParams::builder().build())
            .await?;
        Ok(BASE64_STANDARD.decode(&answer.result.data)?)
    }

    /// A picture of a page in its whole length, on a screen as long as that; what is endless ends at some point.
    pub async fn whole_picture(&self, screen: Screen) -> Outcome<Vec<u8>> {
        let height = self
            .eval::<i64>("document.documentElement.scrollHeight")
            .await?
            .clamp(screen.height, 12_000);
        self.screen(Screen { height, ..screen }).await?;
        self.until(&format!("innerHeight === {height}")).await?;
        let picture = self.picture().await;
        self.screen(screen).await?;
        picture
    }

    /// Says beforehand that a complaint which holds `text` is meant to come.
    pub fn expect_complaint(&self, text: &str) {
        self.record().expected.push(text.to_owned());
    }

    /// Every address that was asked for until now.
    pub fn requests(&self) -> Vec<String> {
        self.record().requests().to_vec()
    }

    /// Fails when a request left the site, or when anything was complained about.
    pub fn verdict(&self) -> Outcome {
        self.record().verdict(&self.base)
    }

    fn record(&self) -> std::sync::MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A failure with all that helps to understand it: where the tab was, what was complained about, and a picture.
    pub async fn explain(&self, name: &str, failure: &str) -> String {
        let place = self
            .eval::<String>("decodeURI(location.href)")
            .await
            .unwrap_or_default();
        let mut text = format!("{failure}\n  at {place}");
        if let Err(complaints) = self.verdict() {
            let complaints = complaints.message().unwrap_or_default().to_owned();
            if !failure.contains(&complaints) {
                text = format!("{text}\n  also: {complaints}");
            }
        }
        match self.keep_picture(name).await {
            Ok(file) => format!("{text}\n  picture: {file}"),
            Err(error) => format!(
                "{text}\n  no picture: {}",
                error.message().unwrap_or_default()
            ),
        }
    }

    async fn keep_picture(&self, name: &str) -> Outcome<String> {
        let file = lab::pictures()?.join(format!(
            "{}.png",
            name.replace([' ', '/', ':', '(', ')'], "-")
        ));
        fs::write(&file, self.picture().await?)?;
        Ok(file.display().to_string())
    }
}

/// Fails with the two values unless they are equal.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, wanted: T) -> Outcome {
    if found == wanted {
        Ok(())
    } else {
        Err(Failed::from(format!(
            "{what}: found {found:?}, wanted {wanted:?}"
        )))
    }
}
