package saml

import (
	"strings"
	"testing"
	"time"
)

// TestParseInstant holds the reader against the lexical forms of xs:dateTime
// (XML Schema part 2, 3.2.7.1), narrowed to years of four digits.
func TestParseInstant(t *testing.T) {
	utc := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return at.UTC()
	}
	for _, c := range []struct {
		text string
		want string // RFC 3339; empty where the text is no instant
		form timeForm
	}{
		{"2026-09-11T10:00:00Z", "2026-09-11T10:00:00Z", timeForm{}},
		{"2026-09-11T10:00:00.123Z", "2026-09-11T10:00:00.123Z", timeForm{fraction: 3}},
		{"2026-09-11T10:00:00.1Z", "2026-09-11T10:00:00.1Z", timeForm{fraction: 1}},
		{"2026-09-11T10:00:00.1234567Z", "2026-09-11T10:00:00.1234567Z", timeForm{fraction: 7}},
		{"2026-09-11T10:00:00.123456789987Z", "2026-09-11T10:00:00.123456789Z", timeForm{fraction: 12}},
		{"2026-09-11T10:00:00", "2026-09-11T10:00:00Z", timeForm{noZone: true}},
		{"2026-09-11T12:00:00+02:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-11T02:00:00-08:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-11T10:00:00+00:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-11T10:00:00-00:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-12T00:00:00+14:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-10T20:00:00-14:00", "2026-09-11T10:00:00Z", timeForm{offset: true}},
		{"2026-09-11T24:00:00Z", "2026-09-12T00:00:00Z", timeForm{midnight: true}},
		{"2026-12-31T24:00:00.000Z", "2027-01-01T00:00:00Z", timeForm{midnight: true, fraction: 3}},
		{"\t2026-09-11T10:00:00Z \r\n", "2026-09-11T10:00:00Z", timeForm{blanks: true}},
		{"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", timeForm{}},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", timeForm{}},
		{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", timeForm{}},
		{text: "2026-02-29T00:00:00Z"},
		{text: "2026-09-31T00:00:00Z"},
		{text: "2026-00-10T00:00:00Z"},
		{text: "2026-13-10T00:00:00Z"},
		{text: "2026-10-00T00:00:00Z"},
		{text: "2026-09-11T24:00:01Z"},
		{text: "2026-09-11T24:00:00.1Z"},
		{text: "2026-09-11T24:00:00.0000000001Z"},
		{text: "2026-09-11T25:00:00Z"},
		{text: "2026-09-11T10:60:00Z"},
		{text: "2026-09-11T10:00:60Z"}, // no leap seconds in XML Schema 1.0
		{text: "2026-09-11T10:00:00+14:01"},
		{text: "2026-09-11T10:00:00+15:00"},
		{text: "2026-09-11T10:00:00+01:60"},
		{text: "2026-09-11T10:00:00+0100"},
		{text: "2026-09-11T10:00:00z"},
		{text: "2026-09-11t10:00:00Z"},
		{text: "2026-09-11 10:00:00Z"},
		{text: "2026-09-11T10:00Z"},
		{text: "2026-09-11T10:00:00.Z"},
		{text: "2026-09-11T10:00:00,5Z"},
		{text: "2026-9-11T10:00:00Z"},
		{text: "2026-09-11Z"},
		{text: "12026-09-11T10:00:00Z"},
		{text: "-2026-09-11T10:00:00Z"},
		{text: "+2026-09-11T10:00:00Z"},
		{text: "0000-01-01T00:00:00Z"}, // XML Schema 1.0 has no year 0000
		{text: "1789120800"},
		{text: ""},
		{text: "٢٠٢٦-09-11T10:00:00Z"},
		{text: "2026-09-11T10:00:00." + strings.Repeat("0", 64) + "Z"},
	} {
		at, form, ok := parseInstant(c.text)
		if ok != (c.want != "") {
			t.Errorf("parseInstant(%q): accepted is %v", c.text, ok)
			continue
		}
		if ok && (!at.Equal(utc(c.want)) || form != c.form) {
			t.Errorf("parseInstant(%q) = %v, %+v; want %s, %+v", c.text, at, form, c.want, c.form)
		}
	}
}

// FuzzParseInstant: what is accepted is, in the normal form of RFC 3339, the
// same instant to package time.
func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{"2026-09-11T10:00:00Z", "2026-09-11T24:00:00", " 2024-02-29T23:59:59.999999999999+14:00", "0000-01-01T00:00:00Z",
		"2026-02-30T00:00:00Z", "9999-12-31T24:00:00-14:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, form, ok := parseInstant(s)
		if !ok {
			if !at.IsZero() {
				t.Errorf("parseInstant(%q) refuses and gives %v", s, at)
			}
			return
		}
		text := strings.Trim(s, " \t\r\n")
		if form.noZone {
			text += "Z"
		}
		var day time.Duration
		if form.midnight {
			text = strings.Replace(text, "T24:", "T00:", 1)
			day = 24 * time.Hour
		}
		want, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatalf("parseInstant accepts %q, package time does not: %v", s, err)
		}
		if !at.Equal(want.Add(day)) {
			t.Errorf("parseInstant(%q) = %v, want %v", s, at, want.Add(day))
		}
	})
}

func TestYearOneHasExpired(t *testing.T) {
	r := judgedXML(t, editedResponse(t, `NotOnOrAfter="2026-09-11T11:00:00Z"><saml:Aud`, `NotOnOrAfter="0001-01-01T00:00:00Z"><saml:Aud`), goodOptions())
	if !found(r, "assertion-expired") {
		t.Errorf("a NotOnOrAfter in the year 1 is taken for none: %v", codesOf(r))
	}
}

func TestWhyNoInstant(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "it is empty",
		"-2026-09-11T10:00:00Z":     "the year is negative",
		"12026-09-11T10:00:00Z":     "the year has more than 4 digits",
		"2026-09-31T10:00:00Z":      "there is no such day, time of day or time zone",
		"2026-09-11 10:00:00Z":      "the letter T is missing between date and time",
		"2026-09-11T10:00:00z":      "the Z has to be a capital letter",
		"1789120800":                "it is a number, not a date",
		"tomorrow":                  "it has another form",
		strings.Repeat("2026-", 20): "it is 100 characters long, more than 64",
	} {
		if got := whyNoInstant(text); got != want {
			t.Errorf("whyNoInstant(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                      "0 ms",
		250 * time.Millisecond: "250 ms",
		59 * time.Second:       "59 s",
		-90 * time.Second:      "1 min 30 s",
		3*time.Hour + 12*time.Minute + 5*time.Second: "3 h 12 min",
		24 * time.Hour:             "1 d",
		50 * time.Hour:             "2 d 2 h",
		time.Hour + 30*time.Second: "1 h",
	} {
		if got := span(d); got != want {
			t.Errorf("span(%v) = %q, want %q", d, got, want)
		}
	}
}
