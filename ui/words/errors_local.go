// Errors of this computer in words: what was not sent, not written, not kept.

package words

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
)

// explainLocal explains errors that did not come from the service.
func explainLocal(err error) (Message, bool) {
	for _, explain := range []func(error) (Message, bool){
		explainSending, explainJournal, explainSettings, explainPresets, explainSignIn, explainSecrets, explainSystem,
	} {
		if message, ok := explain(err); ok {
			return message, true
		}
	}
	return Message{}, false
}

// known is an error that errors.Is finds, with its words.
type known struct {
	err     error
	message Message
}

func explainKnown(err error, list []known) (Message, bool) {
	for _, k := range list {
		if errors.Is(err, k.err) {
			return k.message, true
		}
	}
	return Message{}, false
}

// explainSending is for the outbox, whose errors carry what they are about.
func explainSending(err error) (Message, bool) {
	var (
		guard     *outbox.GuardError
		unasked   *outbox.ConfirmError
		duplicate *outbox.DuplicateError
		name      *outbox.NameError
		notSent   *outbox.NotSentError
		unwritten *outbox.UnwrittenError
	)
	switch {
	case errors.As(err, &guard):
		return Message{
			What: fmt.Sprintf("%s (%s) is read-only. Nothing was sent.", guard.Instance.Label(), Environment(guard.Environment)),
			Do:   "Unlock the instance at the top of the window and send again.",
		}, true
	case errors.As(err, &unasked):
		return Message{
			What: fmt.Sprintf("%s (%s) asks before each send, and this one was not confirmed. Nothing was sent.",
				unasked.Instance.Label(), Environment(unasked.Environment)),
			Do: "Send it again and confirm it.",
		}, true
	case errors.As(err, &duplicate):
		return Message{
			What: fmt.Sprintf("The same was sent before; it is %s. Nothing was sent now.", duplicate.Previous.State),
			Do:   "Change the key to make it another activity, or say that it is to be sent again.",
		}, true
	case errors.As(err, &name):
		return Message{What: "This is not the name of the instance.", Do: "Write “" + name.Name + "”."}, true
	case errors.As(err, &notSent):
		m := Message{What: "Nothing was sent, because it could not be recorded first."}
		if cause, ok := explainJournal(notSent.Err); ok {
			m.What, m.Do = m.What+" "+cause.What, cause.Do
		}
		return m, true
	case errors.As(err, &unwritten) && unwritten.Entry.State == journal.Queued:
		return Message{
			What: "Nothing was stored, but that could not be written to the journal.",
			Do:   "At the next start it is listed as never sent, or as uncertain. It can be sent again.",
		}, true
	case errors.As(err, &unwritten):
		return Message{
			What: fmt.Sprintf("It was sent and is %s, but that could not be written to the journal.", unwritten.Entry.State),
			Do:   "Copy the details. At the next start it is listed as uncertain and can be looked for.",
		}, true
	}
	return explainKnown(err, []known{
		{outbox.ErrInFlight, Message{What: "The same is being sent at this moment.", Do: "Wait for its answer."}},
		{outbox.ErrTarget, Message{
			What: "This belongs to another instance or entity. Nothing was sent.", Do: "Choose the instance that it was made for.",
		}},
		{outbox.ErrBody, Message{What: "There is nothing to send yet.", Do: "Fill the form; one field at least."}},
		{outbox.ErrSecret, Message{
			What: "Nothing was sent: the activity holds a key or a token of one of your connections.",
			Do:   "Take it out of the field. What is sent can be read by others and cannot be deleted.",
		}},
		{settings.ErrPresetSecret, Message{
			What: "Nothing was written: a key or a token of one of your connections stands in it.",
			Do:   "Take it out of the field. Presets are files that are handed on.",
		}},
		{outbox.ErrNoBody, Message{
			What: "The journal does not keep what was sent, so it cannot be sent again.", Do: "Fill the form anew.",
		}},
		{outbox.ErrUnknownCustomer, Message{
			What: "The customer of this activity was not found.", Do: "Check the field that leads to the customer.",
		}},
		{outbox.ErrNotWatchable, Message{What: "This cannot show on a timeline, so it is not looked for."}},
	})
}

func explainJournal(err error) (Message, bool) {
	return explainKnown(err, []known{
		{journal.ErrNewer, Message{
			What: "The journal was written by a newer version of Activity Desk.",
			Do:   "Use that version. This one leaves the file as it is.",
		}},
		{journal.ErrDamaged, Message{
			What: "The journal cannot be read.",
			Do:   "It can be set aside under another name, and a new one begun. Nothing but the history is lost by that.",
		}},
		{journal.ErrLocked, Message{
			What: "Another Activity Desk is using the journal.", Do: "Wait a moment and try again, or close the other window.",
		}},
		{journal.ErrInUse, Message{
			What: "The journal is still open in another Activity Desk.", Do: "Close the other window and try again.",
		}},
		{journal.ErrFull, Message{
			What: "There is no room left on the disk to write the journal.", Do: "Make room, then try again.",
		}},
		{journal.ErrReadOnly, Message{
			What: "The journal cannot be written.", Do: "Check that its file and folder belong to you and can be written.",
		}},
		{journal.ErrAway, Message{
			What: "The journal, or its folder, is a link to what is not there.",
			Do:   "Connect the disk that it leads to and try again. To begin a new journal, remove the link.",
		}},
		{journal.ErrDisk, Message{
			What: "The disk does not read or write the journal.",
			Do:   "It may be full or away, or something else may be in the place of the folder. Check it, then try again.",
		}},
		{journal.ErrNotFound, Message{What: "This entry is not in the journal any more."}},
		{journal.ErrStateChanged, Message{
			What: "This entry has changed in the meantime, perhaps in another window.", Do: "Look at it again.",
		}},
	})
}

func explainSettings(err error) (Message, bool) {
	if errors.Is(err, settings.ErrPresetNotKept) {
		return Message{}, false // whatever is the cause
	}
	var file *settings.ConnectionsFileError
	if errors.As(err, &file) {
		return Message{
			What: "The file of connections cannot be used: " + file.Reason + ".",
			Do:   "Nothing was changed. Have it exported again where it comes from.",
		}, true
	}
	var damaged *settings.DamagedError
	if errors.As(err, &damaged) && damaged.KeptAs != "" {
		return Message{
			What: "The settings could not be read. The desk begins with new ones.",
			Do:   "The old file is kept as " + damaged.KeptAs + ".",
		}, true
	}
	if errors.Is(err, settings.ErrNotKept) && errors.Is(err, settings.ErrBusy) {
		return Message{
			What: "The change of the settings holds for this session only: another Activity Desk is writing them.",
			Do:   "It is written with the next change.",
		}, true
	}
	return explainKnown(err, []known{
		{settings.ErrNewer, Message{
			What: "The settings were written by a newer version of Activity Desk. They are left as they are.",
			Do:   "Changes made here are not kept; use the newer version.",
		}},
		{settings.ErrDamaged, Message{
			What: "The settings could not be read, and could not be set aside.", Do: "Changes made here are not kept.",
		}},
		{settings.ErrNotKept, Message{
			What: "The change of the settings holds for this session only: it could not be written.",
			Do:   "Check that the folder of the settings can be written and has room. It is written with the next change then.",
		}},
		{settings.ErrUnread, Message{
			What: "The settings cannot be read now. They are left as they are; the desk begins with new ones, and changes hold for this session only.",
			Do:   "Check that the file and its folder are there, belong to you, and that their disk is connected. Then start the desk again.",
		}},
		{settings.ErrConnectionsNewer, Message{
			What: "The connections were written by a newer version of Activity Desk. Nothing was changed.", Do: "Use that version.",
		}},
		{settings.ErrConnectionsNotWritten, Message{
			What: "The file could not be written.", Do: "Check that its folder is there, belongs to you, and has room.",
		}},
		{settings.ErrInvalid, Message{What: "This connection cannot be kept as it is.", Do: "Check its name and address."}},
		{settings.ErrBusy, Message{What: "Another Activity Desk is writing the settings.", Do: "Try again in a moment."}},
	})
}

func explainPresets(err error) (Message, bool) {
	if errors.Is(err, settings.ErrPresetNotKept) && errors.Is(err, settings.ErrBusy) {
		return Message{What: "Another Activity Desk is writing the presets. Nothing was written here.", Do: "Try again in a moment."}, true
	}
	return explainKnown(err, []known{
		{forms.ErrPresetName, Message{What: fmt.Sprintf("Give the preset a name of at most %d letters.", forms.MaxPresetName)}},
		{settings.ErrPresetTaken, Message{What: "Another preset of this entity has this name.", Do: "Choose another name."}},
		{settings.ErrPresetChanged, Message{
			What: "The preset was changed in another window meanwhile. Nothing was written.", Do: "Look at it again.",
		}},
		{settings.ErrPresetGone, Message{
			What: "The preset was deleted in another window meanwhile.", Do: "Save the form as a new preset to keep it.",
		}},
		{settings.ErrPresetNotKept, Message{
			What: "The file could not be written.", Do: "Check that its folder is there, belongs to you, and has room.",
		}},
		{forms.ErrPresetsNewer, Message{
			What: "The presets were written by a newer version of Activity Desk. Nothing was changed.", Do: "Use that version.",
		}},
		{forms.ErrPresetsDamaged, Message{
			What: "The file does not hold presets, or is damaged. Nothing was changed.", Do: "Export the presets again where they come from.",
		}},
		{settings.ErrAway, Message{What: "This is a link to what is not there.", Do: "Connect the disk that it leads to, then try again."}},
		{settings.ErrNoFile, Message{What: "This is no file that can be read as a whole.", Do: "Choose another one."}},
		{fs.ErrNotExist, Message{What: "There is no such file.", Do: "Check its path."}},
		{fs.ErrPermission, Message{What: "This cannot be read or written with your rights.", Do: "Check to whom the file belongs."}},
	})
}

// explainSystem is for what else the system says of a file.
func explainSystem(err error) (Message, bool) {
	var (
		path *fs.PathError
		link *os.LinkError
	)
	if !errors.As(err, &path) && !errors.As(err, &link) {
		return Message{}, false
	}
	return Message{
		What: "A file or its folder cannot be read or written.",
		Do:   "Check that it is there and that nothing else is in its place, and that its disk is connected and has room.",
	}, true
}
