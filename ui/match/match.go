// Package match finds names by what a person remembers of them: the beginnings
// of words, letters in their order, some of the words. It ranks as fzf does,
// whose matcher it uses, and knows nothing of what the names stand for.
package match

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/junegunn/fzf/src/algo"
	"github.com/junegunn/fzf/src/util"
)

// Candidate is something that can be found.
type Candidate struct {
	Text string // what is shown, and marked where it matches
	Also string // other words that it can be found by, or by parts of; they count half
	Lift int    // added to the score of what matches; a letter that matches counts 16 and more
}

// Found is a candidate that matches.
type Found struct {
	Index int   // in the list
	Score int   // higher is better
	Marks []int // the letters of Text that matched, as indexes of runes, rising
}

// List is candidates made ready to be searched at every keystroke. It is not
// safe for concurrent use.
type List struct {
	text, also []util.Chars
	lift       []int
	slab       *util.Slab
}

// The matcher's working memory: enough for names of a thousand letters; what is
// longer is matched in a simpler way.
const (
	slab16 = 100 * 1024
	slab32 = 2048
)

// initialise fills the matcher's tables, which are the process's.
var initialise = sync.OnceFunc(func() { algo.Init("default") })

// NewList makes a list.
func NewList(candidates []Candidate) *List {
	initialise()
	l := &List{
		text: make([]util.Chars, len(candidates)),
		also: make([]util.Chars, len(candidates)),
		lift: make([]int, len(candidates)),
		slab: util.MakeSlab(slab16, slab32),
	}
	for i, c := range candidates {
		l.text[i] = util.ToChars([]byte(c.Text))
		l.also[i] = util.ToChars([]byte(c.Also))
		l.lift[i] = c.Lift
	}
	return l
}

// Find answers the best matches for a text, best first, at most as many as
// asked for. All words of the text have to match: in what is shown by their
// letters in order, in the other words as a whole; case and accents do not matter. Of two that match equally
// well the shorter comes first, then the one that stands first in the list. An
// empty text finds nothing.
func (l *List) Find(text string, most int) []Found {
	words := wordsOf(text)
	if len(words) == 0 || most <= 0 {
		return nil
	}
	const slack = 8 // sort rarely, keep little
	found := make([]Found, 0, slack*most)
	for i := range l.text {
		score, ok := l.score(i, words)
		if !ok {
			continue
		}
		found = append(found, Found{Index: i, Score: score + l.lift[i]})
		if len(found) == slack*most {
			found = l.best(found, most)
		}
	}
	found = l.best(found, most)
	for i := range found {
		found[i].Marks = l.marks(found[i].Index, words)
	}
	return found
}

// best sorts and keeps the first.
func (l *List) best(found []Found, most int) []Found {
	slices.SortFunc(found, func(a, b Found) int {
		return cmp.Or(
			b.Score-a.Score,
			l.text[a.Index].Length()-l.text[b.Index].Length(),
			a.Index-b.Index,
		)
	})
	return found[:min(most, len(found))]
}

// wordsOf makes what was typed ready: lower case, without accents, in words.
func wordsOf(text string) [][]rune {
	var words [][]rune
	for _, word := range strings.Fields(strings.ToLower(text)) {
		words = append(words, algo.NormalizeRunes([]rune(word)))
	}
	return words
}

func (l *List) score(i int, words [][]rune) (int, bool) {
	total := 0
	for _, word := range words {
		shown := l.match(algo.FuzzyMatchV2, &l.text[i], word)
		also := l.match(algo.ExactMatchNaive, &l.also[i], word) / 2
		if shown == 0 && also == 0 {
			return 0, false
		}
		total += max(shown, also)
	}
	return total, true
}

// match answers how well a word fits; 0: it does not.
func (l *List) match(in algo.Algo, chars *util.Chars, word []rune) int {
	if chars.Length() == 0 {
		return 0
	}
	result, _ := in(false, true, true, chars, word, false, l.slab)
	if result.Start < 0 {
		return 0
	}
	return max(1, result.Score)
}

// marks are the letters of the shown text that the words match.
func (l *List) marks(i int, words [][]rune) []int {
	var marks []int
	for _, word := range words {
		result, positions := algo.FuzzyMatchV2(false, true, true, &l.text[i], word, true, l.slab)
		if result.Start >= 0 && positions != nil && result.Score > 0 {
			marks = append(marks, *positions...)
		}
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}
