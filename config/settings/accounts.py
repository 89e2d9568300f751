"""Log-in, sign-up and second factors (django-allauth)."""

from config import env

AUTH_USER_MODEL = "operators.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/inbox/"

ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXIES
ACCOUNT_ADAPTER = "operators.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "conversations.pages.sign_up.SignUpForm",
    "login": "operators.accounts.forms.LogInForm",
    "reset_password": "operators.accounts.forms.ForgottenPasswordForm",
    "add_email": "operators.accounts.forms.NewAddressForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "/start/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# A code, typed where the sign-up began: the person stays on one device and is in within a minute.
# Mandatory, because only then can the answer to a sign-up be the same whether or not the address is known.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Offered to new addresses alone, "use another address" would tell them from known ones.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
# Digits only: an Arabic or Persian keyboard has no Latin letters.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.IS_HTTPS else "http"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "operators.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Parley"
