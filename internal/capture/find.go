package capture

// finders look for one kind of container each, the more certain ones first.
// What they get is not empty, in UTF-8 and without blanks around it.
func finders() []func(text []byte) (Found, bool) {
	return []func(text []byte) (Found, bool){findJSON, findBurp, findHTML, findAWS, findCommands, findHTTP}
}

// Find finds the messages in a container. A text that is none has the kind None
// and no messages.
func Find(data []byte) Found {
	if len(data) > Most {
		return Found{}
	}
	text := trimmed(data)
	if len(text) == 0 {
		return Found{}
	}
	found := findIn(text)
	if found.Kind == None {
		found, _ = findText(text)
	}
	return found
}

// findIn tries every kind of container but prose.
func findIn(text []byte) Found {
	for _, find := range finders() {
		if found, ok := find(text); ok {
			return found
		}
	}
	return Found{}
}
