// The list of keys (F1, or ? outside of text).

package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/activitydesk/activitydesk/ui/widgets"
)

const (
	keysWide     float32 = 1000 // of the window, from which there are two columns
	keysOne      float32 = 460  // width of the list in one column
	keysTwo      float32 = 920  // in two
	keysColumn   float32 = 160  // least width of the keys
	keysFootText         = "Tab and Shift+Tab go from field to field, Space or Enter press what is marked, the arrow keys move in lists. " +
		"Everything that can be done, also without a key, is found by name with "
)

// keysList shows commands with their keys, group by group, and finds one.
type keysList struct {
	commands []command
	mac      bool
	columns  int
	filter   *widgets.Entry
	body     *fyne.Container
}

// keysCard lists the commands that have keys, in a window of a width.
func keysCard(list []command, mac bool, width float32) Card {
	k := &keysList{mac: mac, columns: 1, filter: widgets.NewEntry(), body: widgets.Column(0)}
	for _, c := range list {
		if c.labels(mac) != "" {
			k.commands = append(k.commands, c)
		}
	}
	card := Card{Title: "Keys", Head: k.filter, Body: k.body, Width: keysOne, Focus: k.filter}
	if width >= keysWide {
		k.columns, card.Width = 2, keysTwo
	}
	k.filter.SetPlaceHolder("Find an action or a key…")
	k.filter.OnChanged = k.show
	k.show("")
	return card
}

// show lists what all words of the text are in.
func (k *keysList) show(text string) {
	words := strings.Fields(strings.ToLower(text))
	var groups []*fyne.Container
	title := ""
	for _, c := range k.commands {
		if !containsAll(strings.ToLower(c.title+" "+c.labels(k.mac)+" "+c.group), words) {
			continue
		}
		if c.group != title || len(groups) == 0 {
			title = c.group
			groups = append(groups, widgets.Column(4, widgets.NewText(title, widgets.RoleGroup)))
		}
		groups[len(groups)-1].Add(keyLine(c.title, c.labels(k.mac)))
	}
	k.body.Objects = []fyne.CanvasObject{widgets.NewWrappedText("No action with a key has these words.", widgets.RoleMuted)}
	if len(groups) > 0 {
		k.body.Objects = []fyne.CanvasObject{
			k.inColumns(groups), widgets.Gap(0, 12),
			widgets.NewWrappedText(keysFootText+chord{fyne.KeyK, ctrl}.label(k.mac)+".", widgets.RoleCaption),
		}
	}
	k.body.Refresh()
}

// inColumns puts the groups below each other, into columns of about one height.
func (k *keysList) inColumns(groups []*fyne.Container) fyne.CanvasObject {
	const gap = 10
	columns := []*fyne.Container{widgets.Column(gap)}
	all, used := float32(0), float32(0)
	for _, g := range groups {
		all += g.MinSize().Height + gap
	}
	for _, g := range groups {
		height := g.MinSize().Height + gap
		if len(columns) < k.columns && used > 0 && used+height/2 > all/2 {
			columns = append(columns, widgets.Column(gap))
		}
		columns[len(columns)-1].Add(g)
		used += height
	}
	if k.columns == 1 {
		return columns[0]
	}
	sides := []fyne.CanvasObject{widgets.Pad(0, 14, 0, 0, columns[0]), widgets.Gap(0, 0)}
	if len(columns) == 2 {
		sides[1] = widgets.Pad(0, 0, 0, 14, columns[1])
	}
	return container.NewGridWithColumns(2, sides...)
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func keyLine(title, keys string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, widgets.Sized(keysColumn, 0, widgets.NewText(keys, widgets.RoleStrong)),
		widgets.NewEllipsisText(title, widgets.RoleBody))
}
