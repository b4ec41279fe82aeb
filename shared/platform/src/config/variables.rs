//! The list of variables, for the template's test, for documents and for error texts.

/// One environment variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is for, and what it must look like.
    pub doc: &'static str,
    /// Whether the service stops without it.
    pub required: bool,
}

const fn required(name: &'static str, doc: &'static str) -> Variable {
    Variable {
        name,
        doc,
        required: true,
    }
}

const fn optional(name: &'static str, doc: &'static str) -> Variable {
    Variable {
        name,
        doc,
        required: false,
    }
}

/// What a deployment sets. Each stands in the template.
pub const VARIABLES: &[Variable] = &[
    required(
        "COUNTERSIGN_ORIGIN",
        "the address members open, such as https://id.example.com, or http://localhost:8080",
    ),
    required(
        "COUNTERSIGN_ORGANIZATION",
        "the organization's name, as members read it",
    ),
    optional("COUNTERSIGN_HELP_URL", "an https address where members find help"),
    required(
        "COUNTERSIGN_TABLE_DIRECTORY",
        "the name of the table of accounts and sign-in methods",
    ),
    required(
        "COUNTERSIGN_TABLE_SESSIONS",
        "the name of the table of sessions and prompts",
    ),
    required("COUNTERSIGN_TABLE_ACTIVITY", "the name of the table of records"),
    required(
        "COUNTERSIGN_SECRET",
        "the ARN of the secret in Secrets Manager that all keys are derived from",
    ),
    optional(
        "COUNTERSIGN_EDGE_SECRET",
        "at least 16 characters that the distribution adds as x-countersign-edge",
    ),
    required(
        "COUNTERSIGN_MAIL_FROM",
        "the sender of mails, such as Example <no-reply@example.com>",
    ),
    optional(
        "COUNTERSIGN_SNS_APNS_APPLICATION",
        "the ARN of the SNS platform application for Apple devices",
    ),
    optional(
        "COUNTERSIGN_SNS_FCM_APPLICATION",
        "the ARN of the SNS platform application for Firebase",
    ),
    optional(
        "COUNTERSIGN_SMS_SENDER",
        "the sender's name of text messages: 1 to 11 letters and digits, a letter among them",
    ),
    optional(
        "COUNTERSIGN_SMS_NUMBER",
        "the number that text messages come from, such as +12065550100",
    ),
    optional(
        "COUNTERSIGN_VOICE_IDENTITY",
        "the ARN of the phone number or pool that calls come from; without it there are none",
    ),
    optional(
        "COUNTERSIGN_PUSH_SERVICES",
        "host names that web pushes may go to, separated by commas",
    ),
    required(
        "COUNTERSIGN_VAPID_SUBJECT",
        "a real mailto: or https: address that push services can write to",
    ),
    optional(
        "COUNTERSIGN_REHEARSED",
        "for the rehearsal function alone: the ARN of the version that it tries, the version's number at its end",
    ),
];

/// What Lambda, or whoever runs it elsewhere, sets; read by `aws` and `telemetry`, never by the template.
pub const AWS_VARIABLES: &[Variable] = &[
    required("AWS_REGION", "the region of tables, keys and topics"),
    required("AWS_ACCESS_KEY_ID", "the role's credentials"),
    required("AWS_SECRET_ACCESS_KEY", "the role's credentials"),
    optional("AWS_SESSION_TOKEN", "the role's credentials"),
    optional("AWS_ENDPOINT_URL", "another endpoint for every service, for emulators"),
    optional("AWS_ENDPOINT_URL_DYNAMODB", "another endpoint for DynamoDB alone"),
    optional("AWS_ENDPOINT_URL_SNS", "another endpoint for SNS alone"),
    optional(
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2",
        "another endpoint for calls alone",
    ),
    optional("AWS_ENDPOINT_URL_SESV2", "another endpoint for SES alone"),
    optional(
        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        "another endpoint for Secrets Manager alone",
    ),
    optional("AWS_ENDPOINT_URL_LAMBDA", "another endpoint for Lambda alone"),
    optional("AWS_ENDPOINT_URL_CODEDEPLOY", "another endpoint for CodeDeploy alone"),
];
