// Why an identity provider says no: its codes, and what each asks of a person.

package auth

// Cause is why the provider did not give a token, as far as its code tells.
type Cause int

// The causes.
const (
	CauseUnknown       Cause = iota
	CauseConsent             // the person or the organisation has not agreed to the permissions
	CauseAdminConsent        // only an administrator may agree to them
	CauseDeclined            // the person said no
	CauseApp                 // the application is not known in the tenant
	CauseResource            // the service, or the scope, is not known in the tenant
	CauseTenant              // the tenant does not exist, or the account is of another
	CauseAccount             // the account is disabled, locked or not assigned
	CauseSecret              // the client secret is wrong
	CauseSecretExpired       // the client secret was good once
	CausePolicy              // a policy of the organisation blocks it
	CauseInteraction         // the provider wants to see the person: another factor, a new password
	CauseRevoked             // the sign-in has ended: password changed, revoked, too old
	CausePublicFlow          // the application may not be signed in to from a desk
	CauseRedirect            // http://localhost is not one of the application's addresses
	CauseTemporary           // the provider is busy or ill
	CauseNetwork             // the provider was not reached
	CauseTLS                 // the other end could not prove that it is the provider
	CauseNonsense            // the answer is none of a provider
	CauseElsewhere           // the provider sends to a host that it may not send to
)

// word is what is said of a cause, in English and in lower case, and what to do.
type word struct{ why, remedy string }

var causes = map[Cause]word{
	CauseConsent: {
		"consent to the application's permissions is missing",
		"Sign in again and agree to the permissions that are asked for, or have an administrator agree to them for everybody.",
	},
	CauseAdminConsent: {
		"an administrator has to agree to the application's permissions",
		"Ask an administrator of your organisation to grant admin consent to the application.",
	},
	CauseDeclined: {
		"it was declined",
		"Sign in again and accept what is asked for.",
	},
	CauseApp: {
		"the application is not known in this tenant, or has no user there",
		"Check client id and tenant of the connection. An application also has to be added as a user of the environment.",
	},
	CauseResource: {
		"the tenant does not know the service or permission that is asked for",
		"Check the scope of the connection, and that the application was given the permission for Customer Insights.",
	},
	CauseTenant: {
		"the tenant does not exist, or the account is not in it",
		"Check the tenant of the connection, and that you choose an account of that organisation.",
	},
	CauseAccount: {
		"the account may not sign in",
		"The account is disabled, locked or not assigned to the application. Ask an administrator of your organisation.",
	},
	CauseSecret: {
		"the client secret is not the right one",
		"Enter the client secret again: its value, not its id.",
	},
	CauseSecretExpired: {
		"the client secret has expired",
		"Have a new client secret made for the application, and enter it.",
	},
	CausePolicy: {
		"a policy of the organisation blocks it",
		"Give the code to an administrator of your organisation. Another device, network or way of signing in may be allowed.",
	},
	CauseInteraction: {
		"the provider asks for more proof of who you are",
		"Sign in again and do what the provider asks for.",
	},
	CauseRevoked: {
		"the earlier sign-in has ended",
		"Sign in again.",
	},
	CausePublicFlow: {
		"the application does not allow to be signed in to from a desk",
		"In the app registration, under Authentication, allow public client flows; or sign in as the application with a secret.",
	},
	CauseRedirect: {
		"the application does not know the desk's address",
		"In the app registration, add http://localhost as a redirect address of mobile and desktop applications.",
	},
	CauseTemporary: {
		"the provider cannot answer now",
		"Try again in a few minutes.",
	},
	CauseNetwork: {
		"the provider was not reached",
		"Check the network, and the authority of the connection.",
	},
	CauseTLS: {
		"the other end could not prove that it is the provider",
		"Check the authority of the connection. If the network has a proxy that opens traffic, its certificate has to be installed on this computer.",
	},
	CauseNonsense: {
		"the answer is none of an identity provider",
		"Check the authority and the tenant of the connection. A web page that asks to log in to the network can also be in between.",
	},
	CauseElsewhere: {
		"the provider names an address of another host",
		"Check the authority of the connection: credentials are sent to its own host only.",
	},
}

// String says the cause for people, or nothing where it is not known.
func (c Cause) String() string { return causes[c].why }

func (c Cause) remedy() string { return causes[c].remedy }

// kind is what a cause means for the one who asked for a token.
func (c Cause) kind() error {
	switch c {
	case CauseInteraction, CauseRevoked:
		return ErrSignInNeeded
	case CauseTemporary, CauseNetwork, CauseTLS, CauseNonsense, CauseElsewhere:
		return ErrProvider
	default:
		return ErrRefused
	}
}

// aadsts says what Microsoft's codes mean, after
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
var aadsts = map[int]Cause{
	65001: CauseConsent, 65005: CauseConsent, 90008: CauseConsent,
	90093: CauseAdminConsent, 90094: CauseAdminConsent, 900941: CauseAdminConsent, 900942: CauseAdminConsent,
	65004: CauseDeclined,

	700016: CauseApp, 7000229: CauseApp, 7000112: CauseApp, 700011: CauseApp, 700025: CauseApp,
	500011: CauseResource, 70011: CauseResource, 650052: CauseResource, 650053: CauseResource, 650056: CauseResource,
	650057: CauseResource, 1002012: CauseResource, 28002: CauseResource, 28003: CauseResource,

	90002: CauseTenant, 50020: CauseTenant, 50034: CauseTenant, 50128: CauseTenant, 50059: CauseTenant,
	51004: CauseTenant, 90072: CauseTenant, 900021: CauseTenant, 900023: CauseTenant, 50194: CauseTenant,
	50057: CauseAccount, 50053: CauseAccount, 50105: CauseAccount, 50177: CauseAccount,

	7000215: CauseSecret, 7000216: CauseSecret, 50012: CauseSecret, 7000222: CauseSecretExpired,

	53000: CausePolicy, 53001: CausePolicy, 53002: CausePolicy, 53003: CausePolicy, 53004: CausePolicy,
	53011: CausePolicy, 530031: CausePolicy, 530032: CausePolicy, 530033: CausePolicy, 530034: CausePolicy,
	530035: CausePolicy, 530036: CausePolicy, 500021: CausePolicy, 500212: CausePolicy, 500213: CausePolicy,

	50072: CauseInteraction, 50074: CauseInteraction, 50076: CauseInteraction, 50079: CauseInteraction,
	50055: CauseInteraction, 50058: CauseInteraction, 50078: CauseInteraction, 50125: CauseInteraction,
	50144: CauseInteraction, 50158: CauseInteraction, 16000: CauseInteraction,

	50173: CauseRevoked, 50089: CauseRevoked, 50132: CauseRevoked, 50133: CauseRevoked, 54005: CauseRevoked,
	70000: CauseRevoked, 70008: CauseRevoked, 70043: CauseRevoked, 700082: CauseRevoked, 700084: CauseRevoked,
	700081: CauseRevoked, 700003: CauseRevoked,

	7000218: CausePublicFlow, 7000012: CausePublicFlow,
	50011: CauseRedirect, 50112: CauseRedirect, 500113: CauseRedirect, 900971: CauseRedirect, 9002326: CauseRedirect,

	90033: CauseTemporary, 90006: CauseTemporary, 90024: CauseTemporary, 90055: CauseTemporary, 50196: CauseTemporary,
	50000: CauseTemporary, 90020: CauseTemporary,
}

// oauth says what the codes of RFC 6749, RFC 8628 and OpenID Connect mean where
// no better one comes along.
var oauth = map[string]Cause{
	"access_denied":           CauseDeclined,
	"authorization_declined":  CauseDeclined,
	"consent_required":        CauseConsent,
	"interaction_required":    CauseInteraction,
	"login_required":          CauseInteraction,
	"invalid_client":          CauseSecret,
	"invalid_grant":           CauseRevoked,
	"bad_verification_code":   CauseRevoked,
	"invalid_resource":        CauseResource,
	"invalid_scope":           CauseResource,
	"invalid_tenant":          CauseTenant,
	"unauthorized_client":     CauseApp,
	"server_error":            CauseTemporary,
	"temporarily_unavailable": CauseTemporary,

	// Known, and telling nothing that a person could do.
	"invalid_request":           CauseUnknown,
	"unsupported_grant_type":    CauseUnknown,
	"unsupported_response_type": CauseUnknown,
	"expired_token":             CauseUnknown,
	"code_expired":              CauseUnknown,
	"authorization_pending":     CauseUnknown,
	"slow_down":                 CauseUnknown,
}
