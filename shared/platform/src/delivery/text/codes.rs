//! What a text message and a call say around a code, in each language that we speak.

use countersign_domain::delivery::Tongue;
use url::Url;

use super::{escaped, gaps_filled};
use crate::config::Config;

/// The texts of one language. Texts keep to the alphabet of GSM 03.38, so that a message is one message and not two or three.
struct Texts {
    message: &'static str,
    call: &'static str,
    again: &'static str,
    end: &'static str,
}

const fn texts(language: Tongue) -> Texts {
    match language {
        Tongue::English => Texts {
            message: "{code} is your code for {organization}. It is good for 10 minutes. Never tell it to anybody.",
            call: "Hello. Your code for {organization} is:",
            again: "Once more:",
            end: "Never tell it to anybody. Goodbye.",
        },
        Tongue::German => Texts {
            message: "{code} ist Ihr Code für {organization}. Er gilt 10 Minuten. Sagen Sie ihn niemandem.",
            call: "Guten Tag. Ihr Code für {organization} lautet:",
            again: "Noch einmal:",
            end: "Sagen Sie ihn niemandem. Auf Wiederhören.",
        },
        Tongue::French => Texts {
            message: "{code} est votre code pour {organization}. Il est valable 10 minutes. Ne le donnez à personne.",
            call: "Bonjour. Votre code pour {organization} est :",
            again: "Je répète :",
            end: "Ne le donnez à personne. Au revoir.",
        },
        Tongue::Spanish => Texts {
            message: "Use {code} para entrar en {organization}. Vale 10 minutos. No se lo diga a nadie.",
            call: "Hola. Su código para {organization} es:",
            again: "Lo repito:",
            end: "No se lo diga a nadie. Adiós.",
        },
        Tongue::Portuguese => Texts {
            message: "Use {code} para entrar em {organization}. Vale 10 minutos. Nunca diga a outra pessoa.",
            call: "Olá. O seu código para {organization} é:",
            again: "Repito:",
            end: "Não o diga a ninguém. Adeus.",
        },
    }
}

/// The words around codes of one deployment.
#[derive(Debug, Clone)]
pub struct CodeWords {
    organization: String,
    host: String,
}

impl CodeWords {
    /// Those of a deployment.
    pub fn of(config: &Config) -> Self {
        let url = Url::parse(&config.origin).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        Self {
            organization: config.organization.clone(),
            host: host.to_owned(),
        }
    }

    /// The text message. Its last line binds the code to this site, so that browsers offer it here and nowhere else
    /// (<https://wicg.github.io/sms-one-time-codes/>).
    pub fn text(&self, code: &str, language: Tongue) -> String {
        let gaps = [("code", code), ("organization", self.organization.as_str())];
        let message = gaps_filled(texts(language).message, &gaps);
        format!("{message}\n\n@{} #{code}", self.host)
    }

    /// What a call says, for people to read.
    pub fn spoken(&self, code: &str, language: Tongue) -> String {
        let Texts { call, again, end, .. } = texts(language);
        let call = gaps_filled(call, &[("organization", &self.organization)]);
        let digits = code.chars().map(String::from).collect::<Vec<_>>().join(", ");
        format!("{call} {digits}. {again} {digits}. {end}")
    }

    /// The same for a voice: digit by digit with pauses, twice, slowly (SSML).
    pub fn ssml(&self, code: &str, language: Tongue) -> String {
        let Texts { call, again, end, .. } = texts(language);
        let call = gaps_filled(call, &[("organization", &escaped(&self.organization))]);
        let digits = code.chars().fold(String::new(), |said, digit| {
            said + &digit.to_string() + "<break time=\"500ms\"/>"
        });
        let pause = "<break time=\"800ms\"/>";
        format!(
            "<speak><prosody rate=\"slow\">{call}{pause}{digits}{pause}{again}{pause}{digits}{pause}{end}</prosody></speak>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GSM 03.38, basic character set, as far as texts use it.
    const GSM: &str = "@£$¥èéùìòÇØøÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\n";

    fn words() -> CodeWords {
        CodeWords::of(&Config::local("https://id.example.com:8443"))
    }

    #[test]
    fn a_text_fits_into_one_message_and_binds_the_code_to_the_site() {
        for language in Tongue::ALL {
            let text = words().text("123456", language);
            assert!(text.chars().count() <= 160, "{text}");
            assert!(text.chars().all(|c| GSM.contains(c)), "{text}");
            assert_eq!(text.lines().last(), Some("@id.example.com #123456"));
            assert!(text.contains("Example") && text.contains("10"), "{text}");
        }
    }

    #[test]
    fn a_call_says_each_digit_twice() {
        for language in Tongue::ALL {
            let (ssml, spoken) = (words().ssml("123456", language), words().spoken("123456", language));
            assert_eq!(ssml.matches("4<break").count(), 2, "{ssml}");
            assert_eq!(spoken.matches("1, 2, 3, 4, 5, 6.").count(), 2, "{spoken}");
            assert!(ssml.starts_with("<speak>") && ssml.ends_with("</speak>"));
        }
    }

    #[test]
    fn a_name_with_markup_is_only_said() {
        let mut config = Config::local("https://id.example.com");
        config.organization = "A & <b>".to_owned();
        let ssml = CodeWords::of(&config).ssml("123456", Tongue::English);
        assert!(ssml.contains("A &amp; &lt;b&gt;"), "{ssml}");
    }
}
