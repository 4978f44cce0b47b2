package render

import (
	"fmt"
	"strings"

	"github.com/samlcheck/samlcheck/saml"
)

// Settings are what a check is held against, and where each comes from.
type Settings struct {
	Version  int       `json:"version"`  // of this object
	Config   string    `json:"config"`   // the file that was read; empty for none
	Places   []Place   `json:"places"`   // where it was looked for; none where it was named
	Settings []Setting `json:"settings"` // empty where there is an error
	Error    string    `json:"error"`    // why nothing would be judged; empty where something would
}

// A Place is where the configuration file was looked for.
type Place struct {
	Path  string `json:"path"`
	Which string `json:"which"` // "the working folder" or "the repository's root"
	State string `json:"state"` // absent, read, covered or shared
}

// A Setting is one setting with its values.
type Setting struct {
	Name   string         `json:"name"`
	From   string         `json:"from"` // a flag, SAMLCHECK_METADATA, the file, or "default"
	Values []SettingValue `json:"values"`
	Words  string         `json:"-"` // what holds where there is no value
}

// A SettingValue is a value of a setting.
type SettingValue struct {
	Value  string `json:"value"`
	Line   int    `json:"line"`   // of the file; 0 where it is from elsewhere
	Reason string `json:"reason"` // of a code that is ignored; empty where none is given
	Until  string `json:"until"`  // the last day of that; empty for no end
	Over   bool   `json:"over"`   // that day has passed, so that the code is no longer ignored
}

// NewSettings gives settings that are still empty.
func NewSettings() *Settings {
	return &Settings{Version: saml.ContractVersion, Places: []Place{}, Settings: []Setting{}}
}

// settingGap is the width of the names of settings.
const settingGap = 14

// SettingsText writes settings for people.
func SettingsText(s *Settings, style Style) string {
	p := &page{style: style}
	p.write(0, style.paint(bold, "Where settings were looked for"))
	if s.Config != "" && len(s.Places) == 0 {
		p.paragraph(2, "", Quote(s.Config)+", which --config names")
	}
	if s.Config == "" && len(s.Places) == 0 {
		p.paragraph(2, "", "in no file")
	}
	for _, place := range s.Places {
		p.paragraph(2, "", Quote(place.Path)+", "+place.Which+": "+placeWords(place.State))
	}
	if s.Error != "" {
		p.title("Nothing would be judged")
		p.paragraph(2, red, s.Error)
		return p.out.String()
	}
	p.title("What holds")
	for _, setting := range s.Settings {
		p.setting(setting)
	}
	return p.out.String()
}

func placeWords(state string) string {
	switch state {
	case "absent":
		return "there is none"
	case "covered":
		return "not read, since there is one in the working folder"
	case "shared":
		return "not read, since anybody may put a file there"
	}
	return Value(state)
}

func (p *page) setting(s Setting) {
	if len(s.Values) == 0 {
		p.labelled(2, s.Name, settingGap, "", s.Words+" ("+from(s.From, 0)+")")
	}
	for i, v := range s.Values {
		p.labelled(2, once(s.Name, i), settingGap, "", settingValue(v)+" ("+from(s.From, v.Line)+")")
	}
}

// from tells where a value comes from.
func from(what string, line int) string {
	switch {
	case line > 0:
		return fmt.Sprintf("%s, line %d", Quote(what), line)
	case strings.HasPrefix(what, "--"):
		return "the flag " + Value(what)
	}
	return Value(what)
}

func settingValue(v SettingValue) string {
	words := Value(v.Value)
	if v.Reason != "" {
		words += ": " + Value(v.Reason)
	}
	switch {
	case v.Over:
		words += "; no longer, since " + v.Until + " has passed"
	case v.Until != "":
		words += "; until " + v.Until
	}
	return words
}
