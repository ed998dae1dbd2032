// The service's own codes in words (contract, sections 2, 5 and 6), each with
// what the desk can do about it.

package words

import (
	"maps"
	"slices"
	"strings"
)

// Remedy is what the desk offers to do about an answer.
type Remedy int

// The remedies.
const (
	RemedyNone       Remedy = iota
	RemedyFields            // go to the fields that are named
	RemedyNewID             // give the activity a new key
	RemedyCustomer          // find the customer
	RemedyKeep              // choose how long it is kept
	RemedyReload            // load instances and entities again
	RemedyConnection        // open the connection, to enter token and key again
)

// Code is a code of the service: what it means, what to do, and what the
// desk offers to do.
type Code struct {
	Message
	Remedy Remedy
}

// codeMessage says what a code that the contract names means, and what to do
// about it. The service's own message is always shown beside it.
func codeMessage(code string) (Message, bool) {
	entry, ok := CodeOf(code)
	return entry.Message, ok
}

// Codes are the codes that the desk has words for, in their order.
func Codes() []string {
	return append(slices.Sorted(maps.Keys(activityCodes())), slices.Sorted(maps.Keys(serviceCodes()))...)
}

// CodeOf looks a code up, in whatever case it is written; false: it is not one
// that the contract names.
func CodeOf(code string) (Code, bool) {
	for _, table := range []map[string]Code{activityCodes(), serviceCodes()} {
		for name, entry := range table {
			if strings.EqualFold(name, code) {
				return entry, true
			}
		}
	}
	return Code{}, false
}

// aboutWrites says whether a code's words are about something that was sent. A
// service that answers a read with it means no more than its status says.
func aboutWrites(code string) bool {
	for _, name := range []string{
		"fieldNotExistsInMetadata", "mandatoryFieldsMissing", "writeReadonlyField", "storeDuplicateItem",
		"invalidValidUntilParameter", "malformedInputParameters", "bcdrReadOnly", "internalServerError",
	} {
		if strings.EqualFold(name, code) {
			return true
		}
	}
	return false
}

// activityCodes are about what was sent.
func activityCodes() map[string]Code {
	return map[string]Code{
		"fieldNotExistsInMetadata": {Message{
			What: "The service does not know one of the fields.",
			Do:   "Load the entity again with F5: its fields may have changed. Then leave out the field that is named.",
		}, RemedyReload},
		"mandatoryFieldsMissing": {Message{
			What: "A required field is missing.",
			Do:   "Fill the fields marked with a star and send again. Nothing was stored.",
		}, RemedyFields},
		"writeReadonlyField": {Message{
			What: "A read-only field was sent.",
			Do:   "Leave out the field that is named and send again. Nothing was stored.",
		}, RemedyFields},
		"storeDuplicateItem": {Message{
			What: "An activity with this key is already there.",
			Do:   "Nothing was stored again. Use a new key if this is to be another activity.",
		}, RemedyNewID},
		"customerForActivityNotFound": {Message{
			What: "No customer belongs to this activity.",
			Do:   "Check the field that leads to the customer: its value must be a key that the profile has. Nothing was stored.",
		}, RemedyCustomer},
		"relationshipsForActivityNotFound": {Message{
			What: "This entity has no relationship that leads to a customer.",
			Do:   "An administrator sets up the relationship in Customer Insights, under Data > Tables > Relationships.",
		}, RemedyNone},
		"mappingForActivityNotFound": {Message{
			What: "This entity is not set up for activities.",
			Do:   "An administrator sets it up on the Activities page of Customer Insights; until then it cannot receive any.",
		}, RemedyNone},
		"unsupportedEntityType": {Message{
			What: "Entities of this type cannot receive what was sent.",
			Do:   "Choose an entity from the group Activities.",
		}, RemedyNone},
		"unsupportedOperation": {Message{
			What: "The service does not offer this for the entity.",
			Do:   "Profiles can be changed but not created; activities can be created but not changed.",
		}, RemedyNone},
		"recordDoesNotExist": {Message{
			What: "There is no record with this id.",
			Do:   "Find the customer again: profiles get a new id when they are merged.",
		}, RemedyCustomer},
		"invalidValidUntilParameter": {Message{
			What: "The service does not accept the time until which the activity is kept.",
			Do:   "Choose a time in the future, at most 30 days from now.",
		}, RemedyKeep},
		"malformedInputParameters": {Message{
			What: "The service could not read part of what was sent.",
			Do:   "Check the value of the field that is named, then send again. Nothing was stored.",
		}, RemedyFields},
	}
}

// serviceCodes are about where it was sent, and by whom.
func serviceCodes() map[string]Code {
	return map[string]Code{
		"instanceNotFound": {Message{
			What: "This instance is not there, or is not visible to you.",
			Do:   "Load the list of instances again with F5, or ask an administrator for access.",
		}, RemedyReload},
		"invalidInstanceId": {Message{
			What: "The service does not accept the id of this instance.",
			Do:   "Load the list of instances again with F5 and choose the instance anew.",
		}, RemedyReload},
		"instanceNotActive": {Message{
			What: "This instance is not active at the moment.",
			Do:   "It may be in the making, or being reset. Try again later, or ask its administrator.",
		}, RemedyReload},
		"instanceExpired": {Message{
			What: "This instance has expired.",
			Do:   "Choose another instance, or have the trial prolonged.",
		}, RemedyReload},
		"entityMetaDataNotFound": {Message{
			What: "The service has no such entity.",
			Do:   "Load the entities again with F5: it may have been removed or renamed.",
		}, RemedyReload},
		"bcdrReadOnly": {Message{
			What: "The service is read-only at the moment, while it recovers from a failure on its side.",
			Do:   "Reading works. Send again later; nothing was stored.",
		}, RemedyNone},
		"noBearerTokenAvailableInRequest": {Message{
			What: "The request reached the service without an access token.",
			Do:   "Enter a token for this connection again. If this stays, something between here and the service removes it.",
		}, RemedyConnection},
		"apiSubscriptionNotFound": {Message{
			What: "The service does not know the subscription key.",
			Do:   "Copy the primary or secondary key from Settings > Permissions > APIs of the instance into the connection.",
		}, RemedyConnection},
		"internalServerError": {Message{
			What: "The service failed on its side.",
			Do:   "Try again later. After a send, the desk looks whether the activity was stored before it offers to send again.",
		}, RemedyNone},
	}
}
