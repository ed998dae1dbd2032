// What a form says of a field beside its problem and its hint.

package forms

import "slices"

// Offers are texts that a field's hint would rather see in place of the typed
// one; they can be taken over like a problem's fixes.
func (f *Form) Offers(name string) []string {
	if c := f.cell(name); c != nil && c.problem == nil {
		return slices.Clone(c.read.offers)
	}
	return nil
}

// Detail says how much a value is, where that cannot be seen from its text:
// "5 bytes", "3 items". It is empty otherwise.
func (f *Form) Detail(name string) string {
	if c := f.cell(name); c != nil && c.problem == nil {
		return c.read.detail
	}
	return ""
}
