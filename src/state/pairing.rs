//! Pairing this phone with another, and the phones that are known. The work is the worker's.

use super::swapping::{bytes_of, problem};
use super::{App, Problem};
use bothways::ids::DeviceId;
use bothways::swap::errand::{Answer, Errand};
use bothways::swap::pairing::{KnownPhone, Met};
use leptos::prelude::*;

impl App {
    /// Whether a phone has been paired: there is somebody to seal a file for.
    pub fn is_paired(&self) -> bool {
        self.facts.with(|facts| facts.paired)
    }

    /// What this phone says of itself, to be shown as a code or sent as text.
    pub async fn my_card(&self) -> Result<String, Problem> {
        self.ready().await?;
        match self.errand(Errand::Card, None).await {
            Some((Answer::Card, text)) => text.as_string().ok_or(Problem::NoCard),
            other => Err(problem(other)),
        }
    }

    /// Looks at another phone's card: who it is, and so many words that both phones must show. Nothing changes.
    pub async fn meet(&self, card: &str, words: usize) -> Result<(Met, String), Problem> {
        self.ready().await?;
        match self.errand(Errand::Meet, Some(bytes_of(card))).await {
            Some((Answer::Met(met), _)) => {
                let words = self.in_words(met.fingerprint, words).await?;
                Ok((*met, words))
            }
            other => Err(problem(other)),
        }
    }

    /// Pairs with the phone met last.
    pub async fn pair(&self) -> Result<(), Problem> {
        self.stored_by(Errand::Pair).await
    }

    /// Takes the last pairing back.
    pub async fn unpair(&self) -> Result<(), Problem> {
        self.stored_by(Errand::Unpair).await
    }

    /// The phones that are known.
    pub async fn phones(&self) -> Result<Vec<KnownPhone>, Problem> {
        self.ready().await?;
        match self.errand(Errand::Phones, None).await {
            Some((Answer::Phones(phones), _)) => Ok(phones),
            other => Err(problem(other)),
        }
    }

    /// Says that a phone is gone: nothing is sealed for it from now on.
    pub async fn retire(&self, device: &DeviceId) -> Result<(), Problem> {
        self.stored_with(Errand::Retire, Some(bytes_of(&device.to_string()))).await
    }
}
