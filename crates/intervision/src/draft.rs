//! What the adviser writes: always new text, never an excerpt.

use casebook::CaseText;

/// A part of the summary that the adviser writes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// *Situatie*: a factual sketch in roles.
    Situation,
    /// *Wat ik deed*.
    Action,
    /// *Mijn dilemma en leervraag*.
    Question,
    /// *Gevoel en eigen rol*.
    Feeling,
}

impl Part {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Situation, Self::Action, Self::Question, Self::Feeling];
}

/// From which side the adviser asks the group to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Angle {
    /// How do I do this well?
    Technical,
    /// What is right here?
    Normative,
    /// What does this do to me?
    Personal,
}

/// A trait of the reporter that may be told; together they soon point at one person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Trait {
    /// Woman or man.
    Sex,
    /// Young, middle or older.
    Age,
    /// Worker, manager or board.
    Level,
    /// How the person reported on stands to the reporter.
    Relation,
    /// Permanent, flexible or external.
    Contract,
}

impl Trait {
    /// Every trait.
    pub const ALL: [Self; 5] = [Self::Sex, Self::Age, Self::Level, Self::Relation, Self::Contract];

    /// Most traits in one summary.
    pub const AT_MOST: usize = 3;
}

/// The adviser's own words for one summary, and the choices that go with them.
/// An empty draft chooses nothing.
#[derive(Clone, Default)]
pub struct Draft {
    /// *Situatie*.
    pub situation: CaseText,
    /// *Wat ik deed*.
    pub action: CaseText,
    /// *Mijn dilemma en leervraag*.
    pub question: CaseText,
    /// *Gevoel en eigen rol*.
    pub feeling: CaseText,
    /// From which side to look, if chosen.
    pub angle: Option<Angle>,
    /// The traits to tell; [`Trait::AT_MOST`] of them.
    pub traits: Vec<Trait>,
}

/// Why a draft is no summary yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// Nothing was written.
    #[error("there is no text yet")]
    Empty,
    /// More traits were chosen than one summary may tell.
    #[error("{0} traits were chosen and {most} is the most", most = Trait::AT_MOST)]
    TooManyTraits(usize),
    /// A heading of the text file is none of the parts.
    #[error("line {0}: no part of the summary has this heading")]
    UnknownHeading(usize),
    /// A word under *Kenmerken* or *Invalshoek* is not one of the choices.
    #[error("line {0}: this is not one of the choices")]
    UnknownChoice(usize),
}

/// What stands under one heading of a text file.
enum Heading {
    Text(Part),
    Angle,
    Traits,
}

const HEADINGS: [(&str, Heading); 18] = [
    ("situatie", Heading::Text(Part::Situation)),
    ("situation", Heading::Text(Part::Situation)),
    ("wat ik deed", Heading::Text(Part::Action)),
    ("what i did", Heading::Text(Part::Action)),
    ("mijn dilemma en leervraag", Heading::Text(Part::Question)),
    ("dilemma", Heading::Text(Part::Question)),
    ("leervraag", Heading::Text(Part::Question)),
    ("my dilemma and question", Heading::Text(Part::Question)),
    ("question", Heading::Text(Part::Question)),
    ("gevoel en eigen rol", Heading::Text(Part::Feeling)),
    ("gevoel", Heading::Text(Part::Feeling)),
    ("my feelings and my part", Heading::Text(Part::Feeling)),
    ("feeling", Heading::Text(Part::Feeling)),
    ("feelings", Heading::Text(Part::Feeling)),
    ("invalshoek", Heading::Angle),
    ("angle", Heading::Angle),
    ("kenmerken", Heading::Traits),
    ("traits", Heading::Traits),
];

const ANGLES: [(&str, Angle); 6] = [
    ("technisch", Angle::Technical),
    ("technical", Angle::Technical),
    ("normatief", Angle::Normative),
    ("normative", Angle::Normative),
    ("persoonlijk", Angle::Personal),
    ("personal", Angle::Personal),
];

const TRAITS: [(&str, Trait); 11] = [
    ("sekse", Trait::Sex),
    ("geslacht", Trait::Sex),
    ("sex", Trait::Sex),
    ("leeftijd", Trait::Age),
    ("age", Trait::Age),
    ("niveau", Trait::Level),
    ("level", Trait::Level),
    ("relatie", Trait::Relation),
    ("relation", Trait::Relation),
    ("contract", Trait::Contract),
    ("dienstverband", Trait::Contract),
];

impl Draft {
    /// Reads a plain text file. Lines such as `# Situatie` or `# Leervraag` start a part;
    /// `# Invalshoek` and `# Kenmerken` are followed by choices, separated by commas. A
    /// text without headings is the situation.
    ///
    /// # Errors
    /// [`DraftError`] with the line of a heading or choice that is not known.
    pub fn parse(text: &str) -> Result<Self, DraftError> {
        let mut draft = Self::default();
        let mut texts: [Vec<&str>; Part::ALL.len()] = Default::default();
        let mut heading = &Heading::Text(Part::Situation);
        for (line, content) in text.trim_start_matches('\u{feff}').lines().enumerate().map(|(at, c)| (at + 1, c)) {
            if let Some(name) = content.strip_prefix('#') {
                let name = name.trim_start_matches('#').trim().trim_end_matches(':').to_lowercase();
                let known = HEADINGS.iter().find(|(known, _)| *known == name);
                heading = &known.ok_or(DraftError::UnknownHeading(line))?.1;
                continue;
            }
            let words = || content.split([',', ';']).map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty());
            match heading {
                Heading::Text(part) => texts[*part as usize].push(content),
                Heading::Angle => {
                    for word in words() {
                        draft.angle = Some(chosen(&ANGLES, &word).ok_or(DraftError::UnknownChoice(line))?);
                    }
                }
                Heading::Traits => {
                    for word in words() {
                        draft.traits.push(chosen(&TRAITS, &word).ok_or(DraftError::UnknownChoice(line))?);
                    }
                }
            }
        }
        for part in Part::ALL {
            *draft.part_mut(part) = CaseText::new(texts[part as usize].join("\n").trim().to_owned());
        }
        Ok(draft)
    }

    /// The draft as it will be printed. What is scanned for names must be what a reader
    /// sees, or a mark that shows nothing could stand between two letters of a name.
    #[must_use]
    pub fn printable(mut self) -> Self {
        for part in Part::ALL {
            // EXPOSE: cleaned and put back; nothing leaves.
            let words = typeset::printable(self.part(part).expose());
            *self.part_mut(part) = CaseText::new(words);
        }
        self
    }

    /// The words of one part.
    #[must_use]
    pub fn part(&self, part: Part) -> &CaseText {
        match part {
            Part::Situation => &self.situation,
            Part::Action => &self.action,
            Part::Question => &self.question,
            Part::Feeling => &self.feeling,
        }
    }

    fn part_mut(&mut self, part: Part) -> &mut CaseText {
        match part {
            Part::Situation => &mut self.situation,
            Part::Action => &mut self.action,
            Part::Question => &mut self.question,
            Part::Feeling => &mut self.feeling,
        }
    }

    /// The chosen traits, each once.
    pub(crate) fn chosen_traits(&self) -> Result<Vec<Trait>, DraftError> {
        let mut traits = self.traits.clone();
        traits.sort_unstable();
        traits.dedup();
        if traits.len() > Trait::AT_MOST { Err(DraftError::TooManyTraits(traits.len())) } else { Ok(traits) }
    }
}

fn chosen<T: Copy>(choices: &[(&str, T)], word: &str) -> Option<T> {
    choices.iter().find(|(known, _)| *known == word).map(|(_, choice)| *choice)
}
