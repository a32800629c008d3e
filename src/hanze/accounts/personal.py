"""The log, and the accounts that act in it: closed, never removed, since who decided is part of a decision."""

from hanze.audit.personal import Way, declare, declare_events

declare(
    "audit.Event",
    codes="name subject_type subject_id case_type case_id",
    searched="actor_name subject_label reason data",
)
declare("audit.Shredding", codes="cause")
declare("accounts.User", kept="password email name title department", codes="language")
declare("account.EmailAddress", kept="email")
declare("account.EmailConfirmation", codes="key")
declare("mfa.Authenticator", kept="data")
declare("socialaccount.SocialAccount", codes="provider uid", kept="extra_data")
declare("socialaccount.SocialApp", codes="provider provider_id name client_id secret key settings")
declare("socialaccount.SocialToken", codes="token token_secret")
declare("sessions.Session", codes="session_key session_data")
declare("auth.Permission", codes="codename name")
declare("auth.Group", codes="name")
declare("contenttypes.ContentType", codes="app_label model")
declare(
    "django_tasks_database.DBTaskResult",
    codes="backend_name exception_class_path queue_name task_path worker_ids",
    searched="args_kwargs return_value traceback",
)
declare_events(
    Way.SEARCHED,
    "record.read",
    "account.changed",
    "account.closed",
    "account.created",
    "account.language-chosen",
    "account.linked",
    "account.recovery-code-used",
    "account.recovery-codes-renewed",
    "account.reopened",
    "account.second-step-added",
    "account.second-step-failed",
    "account.second-step-removed",
    "account.second-step-reset",
    "account.sign-in-failed",
    "account.sessions-ended",
    "account.signed-in",
    "account.unlinked",
    "list.exported",
)
