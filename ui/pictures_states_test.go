package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/activitydesk/activitydesk/client/journal"
	"github.com/activitydesk/activitydesk/client/outbox"
	"github.com/activitydesk/activitydesk/client/sandbox"
	"github.com/activitydesk/activitydesk/forms"
	"github.com/activitydesk/activitydesk/ui/settings"
	"github.com/activitydesk/activitydesk/ui/timeline"
	"github.com/activitydesk/activitydesk/ui/widgets"
)

// deskState is one state of the desk that people see.
type deskState struct {
	name    string         // of the picture's file
	reach   func(*drawing) // brings a desk there that stands in Contoso Coffee, on the compose page
	options []func(*Options)
}

// deskStates is the table of all states: a line each.
func deskStates() []deskState {
	return []deskState{
		{name: "compose-empty", reach: func(d *drawing) { d.pick(entityPurchases); d.untilSampled() }},
		{name: "compose-filled", reach: func(d *drawing) { d.purchase("OPID_90001"); d.untilChecked() }},
		{name: "compose-problems", reach: (*drawing).wrongPurchase},
		{name: "compose-nobody", reach: (*drawing).purchaseOfNobody},
		{name: "compose-fields", reach: func(d *drawing) { d.purchase("OPID_90001"); d.compose.work.choseTab(tabFields) }},
		{name: "compose-samples", reach: func(d *drawing) { d.pick(entityPurchases); d.untilSampled(); d.compose.work.choseTab(tabSamples) }},
		{name: "compose-json", reach: func(d *drawing) { d.purchase("OPID_90001"); d.compose.editJSON() }},
		{name: "compose-json-problem", reach: func(d *drawing) { d.writeJSON("{\n  \"PurchaseId\": \"OPID_90001\",\n  \"TotalPrice\": 12,5\n}") }},
		{name: "compose-json-unknown", reach: func(d *drawing) { d.writeJSON("{\n  \"PurchaseId\": \"OPID_90001\",\n  \"Price\": 12\n}") }},
		{name: "compose-believable", reach: func(d *drawing) { d.pick(entityPurchases); d.untilSampled(); d.compose.fillBelievable(forms.FillAll) }},
		{name: "fill-menu", reach: func(d *drawing) {
			d.purchase("OPID_90001")
			widgets.ShowMenuBelow(d.compose.work.tools, d.compose.fillItems())
		}},
		{name: "fill-seed", reach: func(d *drawing) { d.pick(entityPurchases); d.compose.askSeed() }},
		{name: "presets-menu", reach: func(d *drawing) { d.savePreset("Morning run"); d.compose.showPresets(); d.untilOver() }},
		{name: "presets-managed", reach: func(d *drawing) { d.savePreset("Morning run"); d.compose.managePresets(); d.untilOver() }},
		{name: "preset-save", reach: func(d *drawing) { d.purchase("OPID_90001"); d.compose.SavePreset(); d.untilOver() }},
		{name: "compose-300-fields", reach: func(d *drawing) { d.pick("Survey_wideResponses"); d.untilSampled() }},
		{name: "compose-receives-nothing", reach: func(d *drawing) { d.pick("Customer_Measure") }},
		{name: "compose-sent", reach: func(d *drawing) { d.send("OPID_90001", "Visible on the timeline") }},
		{name: "compose-refused", reach: func(d *drawing) { d.faults("post:400=mandatoryFieldsMissing"); d.send("OPID_90001", "Refused") }},
		{name: "compose-uncertain", reach: func(d *drawing) { d.faults("post:drop-before-store:1,query:503"); d.send("OPID_90001", "Uncertain") }},
		{name: "compose-not-seen", reach: (*drawing).notSeen, options: timelineLate()},
		{name: "compose-open-as-new", reach: (*drawing).openedAsNew},
		{name: "compose-production", reach: func(d *drawing) { d.stand(instanceProduction); d.purchase("OPID_90001"); d.untilChecked() }},

		{name: "find-customer-empty", reach: func(d *drawing) { d.look("") }},
		{name: "find-customer-several", reach: func(d *drawing) { d.look("Kotlar").press(fyne.KeyDown) }},
		{name: "find-customer-nobody", reach: func(d *drawing) { d.look("Nobodyson") }},
		{name: "find-customer-no-key", reach: func(d *drawing) { d.lookIn(entityStorePurchases, "Ines Kotlar").press(fyne.KeyDown) }},
		{name: "find-customer-looking", reach: func(d *drawing) { d.faults("query:slow=60s"); d.lookUntil("Kotlar", "Looking for ") }},
		{name: "find-customer-failed", reach: func(d *drawing) { d.faults("query:403"); d.lookUntil("Kotlar", "Try again") }},
		{name: "find-customer-no-search", reach: func(d *drawing) { d.lookUntil("Kotlar", "has no search") }, options: awkward()},
		{name: "send-to-nobody", reach: func(d *drawing) { d.purchaseOfNobody(); d.compose.Send() }},
		{name: "send-again", reach: (*drawing).sendAgain},
		{name: "guard-unlock-and-send", reach: func(d *drawing) { d.stand(instanceProduction); d.purchase("OPID_90001"); d.compose.Send() }},
		{name: "guard-unlock", reach: func(d *drawing) { d.stand(instanceProduction); d.lockOrUnlock() }},
		{name: "guard-unlocked", reach: (*drawing).unlockedProduction},
		{name: "guard-ask", reach: (*drawing).askedProduction},
		{name: "guard-menu", reach: func(d *drawing) { d.stand(instanceProduction); widgets.ShowMenuBelow(d.frame.guard, d.guardMenu()) }},
		{name: "guard-loosen", reach: func(d *drawing) { d.stand(instanceProduction); d.chooseRule(outbox.RuleFree) }},
		{name: "guard-trial-ends", reach: func(d *drawing) { d.stand(instanceTrial); d.purchase("OPID_90001"); d.untilChecked() }},

		{name: "batch-empty", reach: func(d *drawing) { d.goTo(PageBatch) }},
		{name: "batch-checked", reach: (*drawing).checkedBatch},

		{name: "profiles-empty", reach: func(d *drawing) { d.goTo(PageProfiles) }},
		{name: "profiles-timeline", reach: func(d *drawing) { d.search("CNTID_1000") }},
		{name: "timeline-filtered", reach: (*drawing).filteredTimeline},
		{name: "timeline-nothing-matches", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.timeline.view.find.SetText("zebra") }},
		{name: "timeline-row-open", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.timeline.openLine(2) }},
		{name: "timeline-row-sent", reach: (*drawing).openSentRow},
		{name: "timeline-row-menu", reach: func(d *drawing) { d.search("CNTID_1000"); d.onActivities(); d.press(desktop.KeyMenu) }},
		{name: "timeline-new-rows", reach: (*drawing).watchedTimeline},
		{name: "timeline-crowded", reach: (*drawing).crowdedTimeline},
		{name: "timeline-watch-menu", reach: func(d *drawing) { d.search("CNTID_1000"); test.Tap(d.profiles.timeline.view.watch) }},
		{name: "timeline-watch-paused", reach: func(d *drawing) { d.search("CNTID_1000"); d.spend(80); d.profiles.timeline.tick() }, options: stoppedClock()},
		{name: "timeline-dates", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.timeline.askDates(timeline.DatesBetween) }},
		{name: "timeline-summary", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.timeline.CopySummary() }},
		{name: "timeline-summary-personal", reach: (*drawing).personalSummary},
		{name: "timeline-old", reach: (*drawing).oldTimeline},
		{name: "timeline-loading-older", reach: (*drawing).longTimeline, options: long()},
		{name: "timeline-unsorted", reach: func(d *drawing) { d.search("CNTID_1000") }, options: awkward()},
		{name: "profiles-several", reach: func(d *drawing) { d.search("Kotlar") }},
		{name: "profiles-nobody", reach: func(d *drawing) { d.search("Nobodyson") }},
		{name: "profiles-typing", reach: (*drawing).typeIntoSearch},
		{name: "profiles-same-name", reach: (*drawing).sameNames},
		{name: "profiles-details", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.turn() }},
		{name: "profiles-all-fields", reach: (*drawing).allFields},
		{name: "profiles-hidden", reach: func(d *drawing) { d.viewSome(); d.profiles.turnHidden(); d.profiles.turn() }},
		{name: "profiles-recent", reach: func(d *drawing) { d.viewSome(); d.profiles.side.box.SetText("") }},
		{name: "profiles-business", reach: (*drawing).businessInstance},
		{name: "profiles-unseen", reach: (*drawing).unseenProfile},
		{name: "profiles-new-activity", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.showBegin() }},
		{name: "profiles-more", reach: func(d *drawing) { d.search("CNTID_1000"); d.profiles.showMore() }},
		{name: "forget-customer", reach: (*drawing).askToForget},

		{name: "compose-compared", reach: func(d *drawing) {
			d.send("OPID_90001", "Visible on the timeline")
			d.compose.showStored()
			d.untilOver()
		}},
		{name: "why-running", reach: (*drawing).whyRunning, options: timelineLate()},
		{name: "why-one-cause", reach: (*drawing).whyOneCause, options: timelineLate()},
		{name: "why-unanswered", reach: (*drawing).whyUnanswered, options: timelineLate()},
		{name: "why-elsewhere", reach: (*drawing).whyElsewhere, options: timelineLate()},
		{name: "why-choose", reach: (*drawing).whyChoose, options: timelineLate()},
		{name: "why-describe", reach: func(d *drawing) { d.whyChoose(); confirm(d.t, d.working, "Another one…"); d.untilOver() }, options: timelineLate()},

		{name: "history-empty", reach: func(d *drawing) { d.goTo(PageHistory); d.untilListed(0) }},
		{name: "history", reach: (*drawing).someHistory},
		{name: "history-no-answer", reach: (*drawing).historyWithoutAnswer},

		{name: "settings", reach: func(d *drawing) { d.goTo(PageSettings) }},
		{name: "settings-end", reach: func(d *drawing) { d.goTo(PageSettings); d.scrollToEnd() }},
		{name: "connections", reach: (*drawing).someConnections},
		{name: "connections-empty", reach: func(d *drawing) { d.goTo(PageConnections) }},
		{name: "connections-menu", reach: func(d *drawing) {
			d.someConnections()
			widgets.ShowMenuBelow(d.frame.connection, d.connectionChoices())
		}},
		{name: "connections-removed", reach: func(d *drawing) { d.someConnections(); d.connectionsPage.remove() }},
		{name: "connections-test-running", reach: (*drawing).testingConnection},
		{name: "connections-test-failed", reach: (*drawing).failingConnection},
		{name: "connections-test-passed", reach: (*drawing).passingConnection},
		{name: "connections-import", reach: (*drawing).importedConnections},
		{name: "connections-export", reach: func(d *drawing) { d.someConnections(); d.connectionsPage.exportFile(d.connectionsPage.own()) }},
		{name: "connection", reach: func(d *drawing) { d.addConnection() }},
		{name: "connection-code", reach: func(d *drawing) { d.editConnection(settings.AuthDeviceCode, 1) }},
		{name: "connection-secret", reach: func(d *drawing) { d.editConnection(settings.AuthSecret, 3) }},
		{name: "connection-token", reach: func(d *drawing) { d.editConnection(settings.AuthToken, 0) }},
		{name: "connection-problems", reach: (*drawing).wrongConnection},
		{name: "connection-duplicate", reach: func(d *drawing) { d.someConnections(); d.connectionsPage.duplicate() }},
		{name: "connection-failed", reach: (*drawing).failedConnection},
		{name: "go-anywhere", reach: func(d *drawing) { d.goAnywhere(); d.untilOver() }},
		{name: "keys", reach: func(d *drawing) { d.showKeys() }},
		{name: "notices", reach: (*drawing).someNotices},
		{name: "notices-long", reach: (*drawing).longNotices},
		{name: "instances", reach: func(d *drawing) { widgets.ShowMenuBelow(d.frame.instance, d.instanceMenu()) }},
		{name: "loading", reach: (*drawing).slowEntities},
		{name: "failed", reach: (*drawing).noEntities},
	}
}

func awkward() []func(*Options) {
	return []func(*Options){func(o *Options) { o.Sandbox.Style = sandbox.StyleAwkward }}
}

func timelineLate() []func(*Options) { return []func(*Options){late} }

// openedAsNew opens an activity that was not sent from here as a new one.
func (d *drawing) openedAsNew() {
	d.t.Helper()
	d.search("CNTID_1000")
	d.openRowAsNew(func(row timeline.Row) bool { return row.Source == entityPurchases })
	d.untilSampled()
}

func (d *drawing) untilSampled() {
	d.t.Helper()
	d.queue.until(d.t, "the sample rows", func() bool { return d.compose.current.samples.Known })
}

// untilOver waits until something lies over the window.
func (d *drawing) untilOver() {
	d.t.Helper()
	d.queue.until(d.t, "a dialog or a menu", func() bool { return d.dialog() != nil })
}

// writeJSON writes into the JSON tab and waits until the text is read.
func (d *drawing) writeJSON(text string) {
	d.t.Helper()
	d.pick(entityPurchases)
	d.untilSampled()
	d.typeJSON(text)
	d.compose.settleJSON(d.compose.current)
	d.queue.run()
}

func (d *drawing) savePreset(name string) {
	d.t.Helper()
	d.purchase("OPID_90001")
	d.compose.SavePreset()
	d.untilOver()
	typeInto(d.t, d.working, name)
	confirm(d.t, d.working, "Save preset")
	d.queue.until(d.t, "the preset to be saved", func() bool { return d.dialog() == nil && !d.compose.presets.reading.Running() })
}

// untilChecked waits until it is said below the field who the customer is.
func (d *drawing) untilChecked() {
	d.t.Helper()
	d.compose.lookUpCustomer(d.compose.current, 0)
	d.queue.until(d.t, "the customer", func() bool { return d.compose.current.who.State > checkBusy })
	d.untilSampled()
}

func (d *drawing) unlockedProduction() {
	d.t.Helper()
	d.stand(instanceProduction)
	d.purchase("OPID_90001")
	d.untilChecked()
	place := d.session.Place()
	if err := d.services.guard.Unlock(place.Connection.ID, place.Instance, instanceProduction); err != nil {
		d.t.Fatal(err)
	}
	d.Desk.enter()
}

func (d *drawing) askedProduction() {
	d.t.Helper()
	d.standUnder(instanceProduction, outbox.RuleAsk)
	d.purchase("OPID_90001")
	d.untilChecked()
	d.compose.Send()
}

func (d *drawing) wrongPurchase() {
	d.t.Helper()
	d.purchase("OPID_90001")
	d.fill(map[string]string{"TotalPrice": "12,5O", "PurchasedOn": "yesterdey", "ContactId": ""})
	d.untilSampled()
	d.compose.focusFirstProblem()
}

func (d *drawing) purchaseOfNobody() {
	d.t.Helper()
	d.purchase("OPID_90001")
	d.fill(map[string]string{"ContactId": "CNTID_9999"})
	d.untilChecked()
}

func (d *drawing) stand(instance string) {
	d.t.Helper()
	d.deskRun.choose(instance)
	d.untilLoaded(instance)
}

// send sends a purchase and waits until the pane says how it ended.
func (d *drawing) send(key, ends string) {
	d.t.Helper()
	d.purchase(key)
	d.compose.Send()
	d.untilShown(ends)
}

func (d *drawing) sendAgain() {
	d.t.Helper()
	d.send("OPID_90001", "Visible on the timeline")
	d.compose.Send()
	d.queue.until(d.t, "the question", func() bool { return d.dialog() != nil })
}

func (d *drawing) checkedBatch() {
	d.t.Helper()
	b := &batching{working: d.working, batch: d.batch}
	b.goTo(PageBatch)
	b.write(fileOf(d.t, "three.csv", threePurchases))
}

func (d *drawing) someHistory() {
	d.t.Helper()
	d.send("OPID_90001", "Visible on the timeline")
	d.fill(map[string]string{"PurchaseId": "OPID_90002", "ContactId": "CNTID_9999"})
	d.compose.Send()
	d.untilShown("Refused")
	d.goTo(PageHistory)
	d.untilListed(2)
}

func (d *drawing) historyWithoutAnswer() {
	d.t.Helper()
	d.faults("post:drop-before-store:1,query:503")
	d.send("OPID_90001", "Uncertain")
	d.goTo(PageHistory)
	d.untilListed(1)
}

func (d *drawing) failedConnection() {
	d.t.Helper()
	dialog := d.openDialog(settings.Connection{}, "http://127.0.0.1:1/v1", goodToken, goodKey)
	dialog.dialog.Confirm()
	d.queue.until(d.t, "the test", func() bool { return dialog.anyway.Visible() })
}

func (d *drawing) someNotices() {
	d.t.Helper()
	d.env.Notify(Notice{Key: "a", Tone: ToneInfo, Text: "The form was filled from a sample row.", Action: "Undo", OnAction: func() {}})
	d.env.Notify(Notice{Key: "b", Tone: ToneSuccess, Text: "OPID_90001 to Contoso Coffee: visible.", Action: "Show", OnAction: func() {}})
	d.env.Notify(Notice{
		Key: "c", Tone: ToneError, Details: "settings.json: permission denied",
		Text: "The settings could not be kept: the folder cannot be written to. Give yourself the right to write there, or start the desk with another folder.",
	})
}

func (d *drawing) longNotices() {
	d.t.Helper()
	d.env.Notify(Notice{Key: "log-lost", Tone: ToneWarning, Text: lostWords(journal.Recovered{
		LogLost: true, LogKept: "/home/somebody/.local/share/activitydesk/journal.db.damaged-20261123-140211-wal",
	})})
	d.Desk.askToForget(settings.Connection{ID: "gone", Root: "https://api.ci.ai.dynamics.com/v1"})
}

func (d *drawing) slowEntities() {
	d.t.Helper()
	d.faults("read:slow=60s")
	d.deskRun.choose(instanceTrial)
	d.queue.until(d.t, "that it loads", func() bool { return wordsHave(d.frame.root, "Loading entities…") })
}

func (d *drawing) noEntities() {
	d.t.Helper()
	d.faults("read:503")
	d.deskRun.choose(instanceTrial)
	d.queue.until(d.t, "the failure", func() bool { return wordsHave(d.frame.root, "Try again") })
}

func (d *drawing) scrollToEnd() {
	eachVisible(d.page(PageSettings).Content(), func(o fyne.CanvasObject) {
		if scroll, ok := o.(interface{ ScrollToBottom() }); ok {
			scroll.ScrollToBottom()
		}
	})
}
