package capture

// finders look for one kind of container each, the more certain ones first.
// What they get is not empty, in UTF-8 and without blanks around it.
func finders() []func(text []byte) (Found, bool) {
	return []func(text []byte) (Found, bool){findSAZ, findJSON, findBurp, findHTML, findAWS, findCommands, findHTTP}
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
	if found.Kind == None || len(found.Messages) == 0 && isWritten(found.Kind) {
		if inText, ok := findText(text); ok {
			return inText
		}
	}
	return found
}

// isWritten reports whether people write such containers themselves, so that a
// message may stand beside them.
func isWritten(kind Kind) bool { return kind == Curl || kind == HTTP || kind == AWS }

// findIn tries every kind of container but prose.
func findIn(text []byte) Found {
	for _, find := range finders() {
		if found, ok := find(text); ok {
			return found
		}
	}
	return Found{}
}
