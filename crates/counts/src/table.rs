//! The tables of section 2 of the annual report and the settings of one organisation.

use taxonomy::Dimension;

/// The smallest count that may be printed: 3 to 10.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Threshold(u32);

impl Threshold {
    /// The threshold with this value; `None` outside 3 to 10.
    #[must_use]
    pub fn new(value: u32) -> Option<Self> {
        (3..=10).contains(&value).then_some(Self(value))
    }

    /// The number itself.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self(5)
    }
}

/// Which cases a table counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Population {
    /// New meldingen that belong with the adviser.
    InScope,
    /// New meldingen that do not.
    NotInScope,
    /// New meldingen with discrimination.
    Discrimination,
}

macro_rules! tables {
    ($($id:ident $name:literal $dimension:ident $population:ident $doc:literal),+ $(,)?) => {
        /// One table of the annual report.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum TableId {
            $(#[doc = $doc] $id,)+
        }

        impl TableId {
            /// Every table, in the order in which the report prints them.
            pub const ALL: &'static [Self] = &[$(Self::$id),+];

            /// The stable id, for example `K14a`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$id => $name),+ }
            }

            /// The list that the table counts.
            #[must_use]
            pub fn dimension(self) -> Dimension {
                match self { $(Self::$id => Dimension::$dimension),+ }
            }

            /// The cases that the table counts.
            #[must_use]
            pub fn population(self) -> Population {
                match self { $(Self::$id => Population::$population),+ }
            }
        }
    };
}

tables! {
    K1 "K1" Behaviour InScope "Kinds of behaviour.",
    K2 "K2" DiscriminationGround Discrimination "Grounds of discrimination.",
    K3 "K3" AccusedRelation InScope "Position of the person reported on, coarse.",
    K4 "K4" AccusedRelation InScope "Position of the person reported on, in detail.",
    K5 "K5" Frequency InScope "How often it happened.",
    K6 "K6" Gender InScope "Gender of the reporter.",
    K7 "K7" AgeBand InScope "Age group of the reporter.",
    K8 "K8" SalaryGroup InScope "Salary group of the reporter.",
    K9 "K9" ContractType InScope "Kind of employment.",
    K10 "K10" Intervention InScope "What the adviser did.",
    K11 "K11" Outcome InScope "How it ended.",
    K12 "K12" ReferralTarget InScope "Where reporters were referred to.",
    K13 "K13" NonBelonging NotInScope "What the cases were about that do not belong with the adviser.",
    K14a "K14a" ContactChannel InScope "How the first contact came in.",
    K14b "K14b" FoundVia InScope "How the adviser was found.",
    K15 "K15" AftercareResult InScope "What aftercare brought.",
}

/// The tables that an organisation does not want in its report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct HiddenTables(u32);

impl HiddenTables {
    /// Reads ids separated by commas, for example `K8, K14b`; `K14` means both of its
    /// tables. Capitals do not matter; an unknown id hides nothing.
    #[must_use]
    pub fn parse(ids: &str) -> Self {
        ids.split(',').map(str::trim).fold(Self::default(), |hidden, id| {
            let tables = TableId::ALL.iter().filter(|table| {
                let name = table.name();
                let family = name.trim_end_matches(['a', 'b']);
                !id.is_empty() && (name.eq_ignore_ascii_case(id) || family.eq_ignore_ascii_case(id))
            });
            tables.fold(hidden, |hidden, &table| hidden.with(table))
        })
    }

    /// The same, and this table too.
    #[must_use]
    pub fn with(self, table: TableId) -> Self {
        Self(self.0 | 1 << table as u8)
    }

    /// Whether a table is left out.
    #[must_use]
    pub fn contains(self, table: TableId) -> bool {
        self.0 & 1 << table as u8 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thresholds_from_three_to_ten_exist() {
        assert_eq!(Threshold::new(2), None);
        assert_eq!(Threshold::new(3).map(Threshold::get), Some(3));
        assert_eq!(Threshold::new(10).map(Threshold::get), Some(10));
        assert_eq!(Threshold::new(11), None);
    }

    #[test]
    fn hidden_tables_are_read_from_a_list_of_ids() {
        let hidden = HiddenTables::parse(" k8, K14 ,nonsense,");
        assert!(hidden.contains(TableId::K8) && hidden.contains(TableId::K14a) && hidden.contains(TableId::K14b));
        assert!(!hidden.contains(TableId::K1) && !hidden.contains(TableId::K4));
    }
}
