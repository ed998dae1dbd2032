// Odd entities: what a service could list of them.

package ui

import "strings"

// oddEntity is an entity as a service lists it, and what comes of it.
type oddEntity struct {
	day           string
	entities      string // as listed, one or several
	relationships string
	fields        string // the first one's form, in its order; empty: it has none
	fill          map[string]string
	path          string // of the request behind data/; empty: nothing is sent
	body          string // compact
	says          string // above the form, or why nothing is sent
}

// anActivity is an activity entity of the service; name is JSON.
func anActivity(name, rest string) string {
	return `{"name":` + name + `,"entityType":"activity",` + rest + `}`
}

// usual are the fields that an activity cannot do without, and more, as JSON.
func usual(more ...string) string {
	return `"attributes":[` + strings.Join(append([]string{
		`{"name":"Id","dataType":"Edm.String"}`, `{"name":"On","dataType":"Edm.DateTimeOffset"}`,
	}, more...), ",") + `]`
}

// aText is a field of text; name is JSON.
func aText(name string) string { return `{"name":` + name + `,"dataType":"Edm.String"}` }

const (
	usualBody  = `{"Id":"v","On":"2026-11-23T12:00:00Z"}`
	noDateSays = "Its type is activity, but its metadata has no date or date-time field, which every activity needs: the service may refuse it."
)

func oddEntities() []oddEntity {
	return append(append(oddShapes(), oddNames()...), oddLinks()...)
}

// oddShapes are members that are not there, or of another type.
func oddShapes() []oddEntity {
	return []oddEntity{
		{day: "no attributes", entities: anActivity(`"None"`, `"attributes":[]`), says: noFields},
		{day: "attributes are null", entities: anActivity(`"Null"`, `"attributes":null`), says: noFields},
		{day: "attributes are an object", entities: anActivity(`"Object"`, `"attributes":{"name":"A"}`), says: noFields},
		{
			day: "an attribute twice, of two types", entities: anActivity(`"Twice"`, usual(`{"name":"Id","dataType":"Edm.Int64"}`)),
			fields: "On Id", path: "Twice", body: usualBody, says: "The metadata lists “Id” more than once; it is shown once, with the first type.",
		},
		{
			day: "attributes that differ in case", entities: anActivity(`"Case"`, usual(aText(`"ID"`))), fields: "On Id ID",
			fill: map[string]string{"ID": "w"}, path: "Case", body: `{"Id":"v","On":"2026-11-23T12:00:00Z","ID":"w"}`,
			says: "“Id” and “ID” look alike and are fields of their own.",
		},
		{
			day: "attributes that differ in normalisation", entities: anActivity(`"Norm"`, usual(aText(`"Zoë"`), aText(`"Zoe\u0308"`))),
			fields: "On Id Zoë Zoe\u0308", fill: map[string]string{"Zoë": "1", "Zoe\u0308": "2"}, path: "Norm",
			body: `{"Id":"v","On":"2026-11-23T12:00:00Z","Zoë":"1","Zoe` + "\u0308" + `":"2"}`,
			says: "“Zoë” and “Zoe\u0308” look alike and are fields of their own.",
		},
		{
			day: "data types that nobody knows: a text, a number, null, an object, a list, a truth", entities: anActivity(`"Types"`, usual(
				`{"name":"a","dataType":"Edm.GeographyPoint"}`, `{"name":"b","dataType":7}`, `{"name":"c","dataType":null}`,
				`{"name":"d","dataType":{"x":1}}`, `{"name":"e","dataType":[]}`, `{"name":"f","dataType":true}`)),
			fields: "On Id a b c d e f", fill: map[string]string{"a": `{"x":[1.0,2]}`, "b": "1e400", "c": `"text"`, "d": "[]", "f": "true"},
			path: "Types", body: `{"Id":"v","On":"2026-11-23T12:00:00Z","a":{"x":[1.0,2]},"b":1e400,"c":"text","d":[],"f":true}`,
		},
		{
			day: "a list of texts", entities: anActivity(`"List"`, usual(`{"name":"a","dataType":"Collection(Edm.String)"}`)), fields: "On Id a",
			fill: map[string]string{"a": `["x", null]`}, path: "List", body: `{"Id":"v","On":"2026-11-23T12:00:00Z","a":["x",null]}`,
		},
		{
			day: "null in every member", entities: `{"name":"Nulls","qualifiedEntityName":null,"dataSourceName":null,"entityType":null,
				"attributes":[{"name":"Id","friendlyName":null,"baseName":null,"dataType":null,"semanticType":null,"searchProperties":null,"annotations":null}],
				"keys":null,"relationships":null,"timestampAttribute":null,"semanticType":null,"refreshTime":null,"partitions":null,"annotations":null}`,
			relationships: "[null]", fields: "Id",
			says: "Nothing can be sent here. It has no date or date-time field, which every activity needs.",
		},
		{
			day: "every member of another type", entities: `{"name":7,"qualifiedEntityName":{},"dataSourceName":[],"entityType":["activity"],
				"attributes":[null,7,"x",[],{},{"name":{"x":1}},{"name":true,"friendlyName":12,"dataType":"Edm.DateTimeOffset","searchProperties":"x","annotations":7}],
				"keys":"Id","relationships":7,"timestampAttribute":[1],"refreshTime":{},"annotations":"x"}`,
			relationships: "{}", fields: "true", path: "7", body: `{"true":"2026-11-23T12:00:00Z"}`,
			says: "Its type is not given, not activity. It has a date (true), so it may be tried; the service refuses it unless it was set up on the product's Activities screen. " +
				"The metadata lists 6 fields without a name; no activity could have one.",
		},
		{day: "an activity without a time", entities: anActivity(`"Timeless"`, `"attributes":[`+aText(`"Id"`)+`]`), fields: "Id", path: "Timeless", body: `{"Id":"v"}`, says: noDateSays},
		{
			day: "a mandatory field that can be read only", entities: anActivity(`"Stamped"`, usual(`{"name":"M","annotations":[{"name":"Mandatory"},{"name":"ReadOnly"}]}`)),
			fields: "On Id M", path: "Stamped", body: usualBody,
		},
		{
			day: "all fields can be read only", entities: anActivity(`"Closed"`, `"attributes":[{"name":"On","dataType":"Edm.Date","annotations":[{"name":"ReadOnly"}]}]`),
			fields: "On", says: "Every field of this entity is set by the service: there is nothing to send.",
		},
	}
}

// oddNames are names that an address, a list or JSON could stumble over.
func oddNames() []oddEntity {
	long := strings.Repeat("long", 2500)
	named := func(day, name, path, says string) oddEntity {
		return oddEntity{day: "a name with " + day, entities: anActivity(name, usual()), fields: "On Id", path: path, body: usualBody, says: says}
	}
	return []oddEntity{
		named("10,000 letters", `"`+long+`"`, long, ""),
		named("slashes, dots and blanks", `"../a/./b c"`, "..%2Fa%2F.%2Fb%20c", ""),
		named("%, #, ? and $", `"100%25#x?y=$z&w;+"`, "100%2525%23x%3Fy=$z&w%3B+", ""),
		named("quotes and backslashes", `"it's \"so\" \\n"`, "it%27s%20%22so%22%20%5Cn", ""),
		named("line breaks and tabs", `"a\nb\r\tc"`, "a%0Ab%0D%09c", ""),
		named("NUL", `"a\u0000b"`, "a%00b", ""),
		named("marks of direction", `"user\u202egnp.\u200fx"`, "user%E2%80%AEgnp.%E2%80%8Fx", ""),
		named("emoji and combining letters", `"👩\u200d👧 Zoe\u0308"`, "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7%20Zoe%CC%88", ""),
		named("half of a character", `"half\ud800"`, "half%EF%BF%BD", "“half�”: a character of the name was lost on the way, so the service may not know it."),
		named("bytes that are not UTF-8", "\"bytes\xff\"", "bytes%EF%BF%BD", "“bytes�”: a character of the name was lost on the way, so the service may not know it."),
		{day: "a name of blanks", entities: anActivity(`"  "`, usual()), fields: "On Id", path: "%20%20", body: usualBody},
		{
			day: "a name of two dots", entities: anActivity(`".."`, usual()), fields: "On Id",
			says: "Nothing can be sent here: “..” cannot stand in the address of a request.",
		},
		{
			day: "an entity twice, one without a name, one in another case", fields: "On Id", path: "Again", body: usualBody,
			entities: anActivity(`"Again"`, usual()) + "," + anActivity(`"Again"`, `"attributes":[]`) + "," + anActivity(`""`, usual()) + "," + anActivity(`"again"`, usual()),
			says:     "The service lists this entity more than once; this is the first of them.",
		},
		{day: "an entity called as a page", entities: anActivity(`"History"`, usual()), fields: "On Id", path: "History", body: usualBody},
		{
			day: "fields of odd names", entities: anActivity(`"Fields"`, usual(aText(`"a/b.c d%#?$"`), aText(`"it's \"so\"\\"`), aText(`"line\nbreak\u0000"`), aText(`"\u202ertl"`), aText(`" "`), aText(`"👩‍👧"`))),
			fields: "On Id a/b.c d%#?$ it's \"so\"\\ line\nbreak\x00 \u202ertl   👩\u200d👧", path: "Fields",
			fill: map[string]string{"a/b.c d%#?$": "1", `it's "so"\`: "2", "line\nbreak\x00": "3", "\u202ertl": "4", " ": "5", "👩\u200d👧": "6"},
			body: `{"Id":"v","On":"2026-11-23T12:00:00Z","a/b.c d%#?$":"1","it's \"so\"\\":"2","line\nbreak\u0000":"3","\u202ertl":"4"," ":"5","👩` + "\u200d" + `👧":"6"}`,
		},
		{
			day: "a field of 10,000 letters", entities: anActivity(`"LongField"`, usual(aText(`"`+long+`"`))), fields: "On Id " + long,
			fill: map[string]string{long: "1"}, path: "LongField", body: `{"Id":"v","On":"2026-11-23T12:00:00Z","` + long + `":"1"}`,
		},
		{
			day: "two fields of the same label", entities: anActivity(`"Labels"`, usual(`{"name":"A","friendlyName":"Name","dataType":"Edm.String"}`, `{"name":"B","friendlyName":"Name","dataType":"Edm.String"}`)),
			fields: "On Id A B", fill: map[string]string{"A": "1", "B": "2"}, path: "Labels", body: `{"Id":"v","On":"2026-11-23T12:00:00Z","A":"1","B":"2"}`,
		},
	}
}

// oddLinks are keys, times and relationships that lead nowhere or in circles.
func oddLinks() []oddEntity {
	relation := func(from, attribute, to string) string {
		return `{"name":"r","fromEntityName":"` + from + `","fromAttributeName":"` + attribute + `","toEntityName":"` + to + `","toAttributeName":"Id"}`
	}
	return []oddEntity{
		{
			day: "a time, a key and a relationship that are no fields", fields: "On Id", path: "Nowhere", body: usualBody,
			entities: anActivity(`"Nowhere"`, usual()+`,"timestampAttribute":{"name":"Gone"},"keys":[[{"name":"Nope"}]],
				"relationships":[{"name":"r","fromAttribute":{"name":"Gone"},"toAttribute":null,"dataSourceEntity":"Nobody"}]`),
			relationships: "[" + relation("Nowhere", "Gone", "Nobody") + "]",
			says:          "The metadata calls “Gone” the time, which is none of the fields. The metadata calls “Nope” a key, which is none of the fields.",
		},
		{
			day: "relationships in circles", entities: anActivity(`"Round"`, usual()) + "," + anActivity(`"Trip"`, usual()), fields: "Id On", path: "Round", body: usualBody,
			relationships: "[" + relation("Round", "Id", "Trip") + "," + relation("Trip", "Id", "Round") + "," + relation("Round", "Id", "Round") + "]",
		},
		{day: "several keys, one of two fields", entities: anActivity(`"Keys"`, usual()+`,"keys":[[{"name":"On"},{"name":"Id"}],[{"name":"Id"}],[]]`), fields: "Id On", path: "Keys", body: usualBody},
		{
			day: "marks on the entity in another case", entities: anActivity(`"Marks"`, usual(aText(`"ID"`))+`,"annotations":[{"name":"ReadOnly","value":"ID"},{"name":"Mandatory","value":["on","gone"]}]`),
			fields: "On Id ID", path: "Marks", body: usualBody, says: "“Id” and “ID” look alike and are fields of their own.",
		},
	}
}
