// What can be done by name with the newest send of the compose page, and with
// the request's settings: its buttons, for those who use no mouse.

package ui

import "strings"

// sendCommands lists them, one in each line.
func (p *ComposePage) sendCommands() []command {
	list := []command{
		{group: groupRequest, title: "Send the last one again…", run: p.sendAgain, why: p.cannotSendAgain},
		{group: groupRequest, title: "Look for the last send again", run: p.lookAgain, why: p.cannotLook},
		{group: groupRequest, title: "Why is the last send not on the timeline?", run: p.why, why: p.cannotAskWhy},
		{group: groupRequest, title: "Compare the last send with the timeline, field by field", run: p.showStored, why: p.cannotCompare},
		{group: groupRequest, title: "Show the last send on the profile", run: p.showOnProfile, why: p.cannotShow},
		{group: groupRequest, title: "Do what the last answer calls for", run: p.remedy, why: p.noRemedy},
		{group: groupRequest, title: "Copy the request id of the last send", run: p.copyRequestID, why: p.nothingSent},
		{group: groupRequest, title: "Copy the last send for a ticket, with bodies", run: func() { p.copyTicket(true) }, why: p.nothingSent},
		{group: groupRequest, title: "Show or hide the whole address", run: p.pane.toggleAddress},
		{group: groupRequest, title: "Change the caller", run: p.changeCaller},
		{group: groupJSON, title: "Copy the text of the JSON", run: p.copyJSONText, why: p.noText},
		{group: groupJSON, title: "Remove a member that the entity does not have", run: p.chooseExtra, why: p.noExtras},
		{group: groupActivity, title: "Read the sample rows", run: p.readSamples, why: p.noEntity},
	}
	for _, choice := range keepChoices() {
		list = append(list, command{
			group: groupRequest, title: "Have it " + strings.ToLower(choice.Label), run: func() { p.keepFor(choice.Keep) },
		})
	}
	return list
}

// changeCaller puts the cursor into the caller's name.
func (p *ComposePage) changeCaller() {
	p.env.Window.Canvas().Focus(p.pane.caller.entry)
	p.pane.caller.entry.SelectAll()
}

// chooseExtra offers the further members that are sent, to take one out.
func (p *ComposePage) chooseExtra() {
	p.work.ShowForm()
	p.work.extras.tapped()
}

func (p *ComposePage) noExtras() string {
	if reason := p.noForm(); reason != "" || len(p.current.form.Extras()) > 0 {
		return reason
	}
	return "No such member is sent"
}

func (p *ComposePage) noText() string {
	if reason := p.noForm(); reason != "" || p.current.json != nil {
		return reason
	}
	return "The JSON was not opened yet"
}

// The reasons why something cannot be done with the newest send; empty: it can.

func (p *ComposePage) cannotSendAgain() string {
	if reason := p.notIdle(); reason != "" || maySendAgain(p.current.last.Entry) {
		return reason
	}
	return "Only what is uncertain or was never sent can be"
}

func (p *ComposePage) cannotLook() string {
	if reason := p.notIdle(); reason != "" || p.current.last.mayLook() {
		return reason
	}
	return "There is nothing to look for"
}

func (p *ComposePage) cannotAskWhy() string {
	if reason := p.notIdle(); reason != "" || mayAskWhy(p.current.last.Entry) {
		return reason
	}
	return "It is no activity of the journal"
}

func (p *ComposePage) cannotShow() string {
	if reason := p.notIdle(); reason != "" || mayBeShown(p.current.last.Entry) {
		return reason
	}
	return "It is on no profile"
}

func (p *ComposePage) noRemedy() string {
	if reason := p.notIdle(); reason != "" || p.remedyLabel(p.current) != "" {
		return reason
	}
	return "It calls for nothing that can be done here"
}

// notIdle says that there is no send, or that it is under way.
func (p *ComposePage) notIdle() string {
	if reason := p.nothingSent(); reason != "" || !p.current.last.Busy {
		return reason
	}
	return "It is being sent"
}
