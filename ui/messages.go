// Messages for people: every error that the window shows goes through Explain.

package ui

// Message is an error in words: what happened, what to do, and what can be
// copied for somebody who helps.
type Message struct {
	What    string
	Do      string // may be empty
	Details string // may be empty; holds no secret
}

// Explain says what an error means for the person at the desk. It never
// answers an empty What for an error, and a zero Message for nil.
func Explain(err error) Message {
	if err == nil {
		return Message{}
	}
	return Message{What: err.Error()}
}
