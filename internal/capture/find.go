package capture

// finders look for one kind of container each, the more certain ones first.
var finders = []func(text []byte) (Found, bool){findJSON, findHTML, findCommands}

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
	for _, find := range finders {
		if found, ok := find(text); ok {
			return found
		}
	}
	return Found{}
}
