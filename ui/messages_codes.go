// The service's own codes in words (contract, sections 2, 5 and 6), each with
// what the desk can do about it.

package ui

import "strings"

// remedy is what the desk offers to do about an answer.
type remedy int

// The remedies.
const (
	remedyNone       remedy = iota
	remedyFields            // go to the fields that are named
	remedyNewID             // give the activity a new key
	remedyCustomer          // find the customer
	remedyKeep              // choose how long it is kept
	remedyReload            // load instances and entities again
	remedyConnection        // open the connection, to enter token and key again
)

// codeEntry is a code of the service: what it means, what to do, and what the
// desk offers to do.
type codeEntry struct {
	Message
	Remedy remedy
}

// codeMessage says what a code that the contract names means, and what to do
// about it. The service's own message is always shown beside it.
func codeMessage(code string) (Message, bool) {
	entry, ok := codeOf(code)
	return entry.Message, ok
}

// codeOf looks a code up, in whatever case it is written; false: it is not one
// that the contract names.
func codeOf(code string) (codeEntry, bool) {
	for _, table := range []map[string]codeEntry{activityCodes(), serviceCodes()} {
		for name, entry := range table {
			if strings.EqualFold(name, code) {
				return entry, true
			}
		}
	}
	return codeEntry{}, false
}

// activityCodes are about what was sent.
func activityCodes() map[string]codeEntry {
	return map[string]codeEntry{
		"fieldNotExistsInMetadata": {Message{
			What: "The service does not know one of the fields.",
			Do:   "Load the entity again with F5: its fields may have changed. Then leave out the field that is named.",
		}, remedyReload},
		"mandatoryFieldsMissing": {Message{
			What: "A required field is missing.",
			Do:   "Fill the fields marked with a star and send again. Nothing was stored.",
		}, remedyFields},
		"writeReadonlyField": {Message{
			What: "A read-only field was sent.",
			Do:   "Leave out the field that is named and send again. Nothing was stored.",
		}, remedyFields},
		"storeDuplicateItem": {Message{
			What: "An activity with this key is already there.",
			Do:   "Nothing was stored again. Use a new key if this is to be another activity.",
		}, remedyNewID},
		"customerForActivityNotFound": {Message{
			What: "No customer belongs to this activity.",
			Do:   "Check the field that leads to the customer: its value must be a key that the profile has. Nothing was stored.",
		}, remedyCustomer},
		"relationshipsForActivityNotFound": {Message{
			What: "This entity has no relationship that leads to a customer.",
			Do:   "An administrator sets up the relationship in Customer Insights, under Data > Tables > Relationships.",
		}, remedyNone},
		"mappingForActivityNotFound": {Message{
			What: "This entity is not set up for activities.",
			Do:   "An administrator sets it up on the Activities page of Customer Insights; until then it cannot receive any.",
		}, remedyNone},
		"unsupportedEntityType": {Message{
			What: "Entities of this type cannot receive what was sent.",
			Do:   "Choose an entity from the group Activities.",
		}, remedyNone},
		"unsupportedOperation": {Message{
			What: "The service does not offer this for the entity.",
			Do:   "Profiles can be changed but not created; activities can be created but not changed.",
		}, remedyNone},
		"recordDoesNotExist": {Message{
			What: "There is no record with this id.",
			Do:   "Find the customer again: profiles get a new id when they are merged.",
		}, remedyCustomer},
		"invalidValidUntilParameter": {Message{
			What: "The service does not accept the time until which the activity is kept.",
			Do:   "Choose a time in the future, at most 30 days from now.",
		}, remedyKeep},
		"malformedInputParameters": {Message{
			What: "The service could not read part of what was sent.",
			Do:   "Check the value of the field that is named, then send again. Nothing was stored.",
		}, remedyFields},
	}
}

// serviceCodes are about where it was sent, and by whom.
func serviceCodes() map[string]codeEntry {
	return map[string]codeEntry{
		"instanceNotFound": {Message{
			What: "This instance is not there, or is not visible to you.",
			Do:   "Load the list of instances again with F5, or ask an administrator for access.",
		}, remedyReload},
		"invalidInstanceId": {Message{
			What: "The service does not accept the id of this instance.",
			Do:   "Load the list of instances again with F5 and choose the instance anew.",
		}, remedyReload},
		"instanceNotActive": {Message{
			What: "This instance is not active at the moment.",
			Do:   "It may be in the making, or being reset. Try again later, or ask its administrator.",
		}, remedyReload},
		"instanceExpired": {Message{
			What: "This instance has expired.",
			Do:   "Choose another instance, or have the trial prolonged.",
		}, remedyReload},
		"entityMetaDataNotFound": {Message{
			What: "The service has no such entity.",
			Do:   "Load the entities again with F5: it may have been removed or renamed.",
		}, remedyReload},
		"bcdrReadOnly": {Message{
			What: "The service is read-only at the moment, while it recovers from a failure on its side.",
			Do:   "Reading works. Send again later; nothing was stored.",
		}, remedyNone},
		"noBearerTokenAvailableInRequest": {Message{
			What: "The request reached the service without an access token.",
			Do:   "Enter a token for this connection again. If this stays, something between here and the service removes it.",
		}, remedyConnection},
		"apiSubscriptionNotFound": {Message{
			What: "The service does not know the subscription key.",
			Do:   "Copy the primary or secondary key from Settings > Permissions > APIs of the instance into the connection.",
		}, remedyConnection},
		"internalServerError": {Message{
			What: "The service failed on its side.",
			Do:   "Try again later. After a send, the desk looks whether the activity was stored before it offers to send again.",
		}, remedyNone},
	}
}
