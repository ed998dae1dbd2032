// Odd dates and times: the ends of the calendar, changes of the clocks, zones.

package ui

const (
	berlin   = "Europe/Berlin"
	newYork  = "America/New_York"
	lordHowe = "Australia/Lord_Howe"
)

func oddTimes() []oddValue {
	return append(oddMoments(), oddDaysAndClocks()...)
}

func oddMoments() []oddValue {
	return []oddValue{
		{day: "the first moment", field: oddMoment, text: "0001-01-01T00:00:00Z", sent: `"0001-01-01T00:00:00Z"`},
		{day: "the first moment, as the activity's time", field: oddOccured, text: "0001-01-01T00:00:00Z", sent: `"0001-01-01T00:00:00Z"`},
		{day: "before the first moment", field: oddMoment, text: "0001-01-01T00:00+01:00", says: saysYears},
		{day: "the last moment", field: oddMoment, text: "9999-12-31T23:59:59.9999999Z", sent: `"9999-12-31T23:59:59.9999999Z"`},
		{day: "the last moment, as the activity's time", field: oddOccured, text: "9999-12-31T23:59:59.9999999Z", sent: `"9999-12-31T23:59:59.9999999Z"`},
		{day: "behind the last moment", field: oddMoment, text: "9999-12-31T23:59:59-01:00", says: saysYears},
		{day: "13 decimals of a second", field: oddMoment, text: "2026-11-23T14:05:00.1234567890123Z", says: "A second has at most 12 decimals here. Remove the last ones"},
		{day: "the year 10000", field: oddMoment, text: "10000-01-01T00:00:00Z", says: "Not a date and time: “10000-01-01T00:00:00Z”" + saysMoment},
		{day: "a year before 1", field: oddMoment, text: "-0044-03-15T00:00:00Z", says: "Not a date and time: “-0044-03-15T00:00:00Z”" + saysMoment},
		{day: "the year 0", field: oddMoment, text: "0000-12-31T00:00:00Z", says: "The year is outside 0001 to 9999. Write four digits, such as 2026"},
		{day: "29 February of a leap year", field: oddMoment, text: "2024-02-29T12:00Z", sent: `"2024-02-29T12:00:00Z"`},
		{day: "29 February of another", field: oddMoment, text: "2026-02-29T12:00Z", says: "February 2026 has 28 days. Write 2026-02-28 12:00Z"},
		{day: "24:00", field: oddMoment, text: "2026-11-23T24:00Z", says: "There is no 24:00. Write 00:00 of the next day"},
		{day: "a leap second", field: oddMoment, text: "2016-12-31T23:59:60Z", says: "Leap seconds cannot be sent. Write 2016-12-31 23:59:59Z"},
		{day: "the clocks skip it in Berlin", field: oddMoment, zone: berlin, text: "2026-03-29 02:30", says: "2026-03-29 02:30 does not exist in Europe/Berlin: the clocks go from 02:00 to 03:00. Write 2026-03-29 03:30"},
		{day: "the clocks repeat it in Berlin", field: oddMoment, zone: berlin, text: "2026-10-25 02:30", sent: `"2026-10-25T00:30:00Z"`, says: "02:30 comes twice in Europe/Berlin that day. Sent as the first; for the second write 2026-10-25 02:30+01:00"},
		{day: "the second of them", field: oddMoment, zone: berlin, text: "2026-10-25 02:30+01:00", sent: `"2026-10-25T01:30:00Z"`},
		{day: "the clocks skip it in New York", field: oddMoment, zone: newYork, text: "2026-03-08 02:00", says: "2026-03-08 02:00 does not exist in America/New_York: the clocks go from 02:00 to 03:00. Write 2026-03-08 03:00"},
		{day: "the clocks repeat it in New York", field: oddMoment, zone: newYork, text: "2026-11-01 01:59:59", sent: `"2026-11-01T05:59:59Z"`, says: "01:59 comes twice in America/New_York that day. Sent as the first; for the second write 2026-11-01 01:59:59-05:00"},
		{day: "the clocks skip half an hour", field: oddMoment, zone: lordHowe, text: "2026-10-04 02:15", says: "2026-10-04 02:15 does not exist in Australia/Lord_Howe: the clocks go from 02:00 to 02:30. Write 2026-10-04 02:45"},
		{day: "behind the half hour", field: oddMoment, zone: lordHowe, text: "2026-10-04 02:30", sent: `"2026-10-03T15:30:00Z"`},
		{day: "the clocks repeat half an hour", field: oddMoment, zone: lordHowe, text: "2026-04-05 01:45", sent: `"2026-04-04T14:45:00Z"`, says: "01:45 comes twice in Australia/Lord_Howe that day. Sent as the first; for the second write 2026-04-05 01:45+10:30"},
		{day: "before the repeated half hour", field: oddMoment, zone: lordHowe, text: "2026-04-05 01:15", sent: `"2026-04-04T14:15:00Z"`},
		{day: "a day that the calendar left out", field: oddMoment, zone: "Pacific/Apia", text: "2011-12-30 12:00", says: "2011-12-30 12:00 does not exist in Pacific/Apia: the calendar goes from 2011-12-30 00:00 to 2011-12-31 00:00. Write 2011-12-31 12:00"},
		{day: "midnight that the clocks skip", field: oddMoment, zone: "America/Sao_Paulo", text: "2018-11-04", says: "2018-11-04 00:00 does not exist in America/Sao_Paulo: the clocks go from 00:00 to 01:00. Write 2018-11-04 01:00"},
		{day: "before zones were agreed upon", field: oddMoment, zone: berlin, text: "1850-01-01 12:00", sent: `"1850-01-01T11:06:32Z"`},
		{day: "a zone that is gone from the database", field: oddMoment, text: "2026-11-23 14:05 US/Pacific-New", says: "“US/Pacific-New” is not a zone that is known for certain. Write 2026-11-23 14:05+00:00"},
		{day: "a zone that several have", field: oddMoment, text: "2026-11-23 14:05 IST", says: "“IST” is not a zone that is known for certain. Write 2026-11-23 14:05+00:00"},
		{day: "+14:00", field: oddMoment, text: "2026-11-23T14:05+14:00", sent: `"2026-11-23T00:05:00Z"`},
		{day: "-12:00", field: oddMoment, text: "2026-11-23T14:05-12:00", sent: `"2026-11-24T02:05:00Z"`},
		{day: "+05:45", field: oddMoment, text: "2026-11-23T14:05+05:45", sent: `"2026-11-23T08:20:00Z"`},
		{day: "+14:01", field: oddMoment, text: "2026-11-23T14:05+14:01", says: "“+14:01” is not a zone that is known for certain. Write 2026-11-23 14:05+00:00"},
		{day: "a Unix time", field: oddMoment, text: "1764079500", says: "Not a date and time: “1764079500” looks like a Unix time. Write 2025-11-25T14:05:00Z"},
		{day: "a serial number of a spreadsheet", field: oddMoment, text: "46349.5", says: "Not a date and time: “46349.5”" + saysMoment},
		{day: "two readings", field: oddMoment, text: "03/04/2026 14:05", says: "“03/04/2026” can be two dates: month first or day first. Write 2026-03-04 14:05 or 2026-04-03 14:05"},
		{day: "dashes of typesetters", field: oddMoment, text: "2026‑11‑23 14:05", sent: `"2026-11-23T14:05:00Z"`},
		{day: "now-99999y", field: oddMoment, text: "now-99999y", says: "Outside the years 0001 to 9999. Write a smaller step"},
	}
}

func oddDaysAndClocks() []oddValue {
	return []oddValue{
		{day: "the first day", field: oddDate, text: "0001-01-01", sent: `"0001-01-01"`},
		{day: "the last day", field: oddDate, text: "9999-12-31", sent: `"9999-12-31"`},
		{day: "the year 10000", field: oddDate, text: "10000-01-01", says: "Not a date: “10000-01-01”" + saysDate},
		{day: "29 February 1900", field: oddDate, text: "1900-02-29", says: "February 1900 has 28 days. Write 1900-02-28"},
		{day: "29 February 2000", field: oddDate, text: "2000-02-29", sent: `"2000-02-29"`},
		{day: "31 June", field: oddDate, text: "2026-06-31", says: "June has 30 days. Write 2026-06-30"},
		{day: "a year of two digits", field: oddDate, text: "26-01-02", says: "The year needs four digits. Write 2002-01-26 or 2026-01-02"},
		{day: "a time of day", field: oddDate, text: "2026-11-23T10:00", says: "This field is a date without a time. Write 2026-11-23"},
		{day: "Arabic digits", field: oddDate, text: "٢٠٢٦-١١-٢٣", says: "Not a date: “٢٠٢٦-١١-٢٣”" + saysDate},

		{day: "24:00", field: oddTimeOfDay, text: "24:00", says: "There is no 24:00. Write 00:00 of the next day"},
		{day: "a leap second", field: oddTimeOfDay, text: "23:59:60", says: "Leap seconds cannot be sent. Write 23:59:59"},
		{day: "seven decimals", field: oddTimeOfDay, text: "23:59:59.9999999", sent: `"23:59:59.9999999"`},
		{day: "12 am", field: oddTimeOfDay, text: "12:00 am", sent: `"00:00:00"`},
		{day: "an hour 25", field: oddTimeOfDay, text: "25:00", says: "There is no hour 25. Hours go from 00 to 23"},
		{day: "a duration", field: oddTimeOfDay, text: "PT14H", says: "Not a time of day: “PT14H”. Write hours and minutes, such as 14:05"},
	}
}
