// Package odata reads the part of OData that the service understands
// (contract, section 7): $filter expressions and $search texts.
package odata

import (
	"fmt"
	"regexp"
	"strings"
)

// SyntaxError says what is wrong with an expression, and where.
type SyntaxError struct {
	Offset int // in bytes, from 0
	Reason string
}

// Error says the reason and the place, counted from 1 as people do.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at position %d", e.Reason, e.Offset+1)
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenWord
	tokenText // a quoted literal, unquoted
	tokenNumber
	tokenTime // a date or a date and time
	tokenGUID
	tokenOpen
	tokenClose
	tokenComma
)

type token struct {
	kind   tokenKind
	text   string
	offset int
}

// The bare literals, longest form first: a uuid may begin like a number, and a
// date like a subtraction.
var literals = []struct {
	kind tokenKind
	form *regexp.Regexp
}{
	{tokenGUID, regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)},
	{tokenTime, regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?(Z|[+-]\d{2}:\d{2})?)?`)},
	{tokenNumber, regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?`)},
	{tokenWord, regexp.MustCompile(`^[\pL_][\pL\pN_.]*`)},
}

// lex cuts an expression into tokens; the last one is tokenEnd.
func lex(text string) ([]token, error) {
	var tokens []token
	for at := 0; at < len(text); {
		if text[at] == ' ' || text[at] == '\t' {
			at++
			continue
		}
		next, width, err := lexOne(text, at)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, next)
		at += width
	}
	return append(tokens, token{kind: tokenEnd, offset: len(text)}), nil
}

func lexOne(text string, at int) (token, int, error) {
	switch text[at] {
	case '(':
		return token{tokenOpen, "(", at}, 1, nil
	case ')':
		return token{tokenClose, ")", at}, 1, nil
	case ',':
		return token{tokenComma, ",", at}, 1, nil
	case '\'':
		return lexText(text, at)
	}
	for _, l := range literals {
		found := l.form.FindString(text[at:])
		if found == "" {
			continue
		}
		end := at + len(found)
		if end < len(text) && !strings.ContainsRune(" \t(),", rune(text[end])) {
			if l.kind != tokenWord {
				continue // it only begins like one
			}
			return token{}, 0, &SyntaxError{end, fmt.Sprintf("%q is not expected", text[end:end+1])}
		}
		return token{l.kind, found, at}, len(found), nil
	}
	return token{}, 0, &SyntaxError{at, fmt.Sprintf("%q is not expected", firstRune(text[at:]))}
}

// lexText reads a quoted literal; a quote inside it is doubled.
func lexText(text string, at int) (token, int, error) {
	var b strings.Builder
	for i := at + 1; i < len(text); i++ {
		if text[i] != '\'' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return token{tokenText, b.String(), at}, i + 1 - at, nil
	}
	return token{}, 0, &SyntaxError{at, "the quoted text has no end (a quote inside it is doubled)"}
}

func firstRune(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}
