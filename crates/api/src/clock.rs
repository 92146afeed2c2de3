//! The one place that reads the clock; everybody else is told the time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// The time, as the app sees it.
pub trait Clock: Send {
    /// The moment.
    fn now(&self) -> DateTime<Utc>;
    /// The day on the adviser's calendar.
    fn today(&self) -> NaiveDate;
    /// The moment on the adviser's clock, for the name of a file.
    fn local(&self) -> NaiveDateTime {
        self.now().with_timezone(&chrono::Local).naive_local()
    }
}

/// The clock of this computer.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the clock enters the app here and nowhere else")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[expect(clippy::disallowed_methods, reason = "the clock enters the app here and nowhere else")]
    fn today(&self) -> NaiveDate {
        chrono::Local::now().date_naive()
    }
}

/// A moment as the door writes it: RFC 3339 in UTC, whole milliseconds.
#[must_use]
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}
