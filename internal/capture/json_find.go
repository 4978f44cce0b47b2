package capture

// findJSON finds the messages in JSON of any kind.
func findJSON(text []byte) (Found, bool) {
	if text[0] != '{' && text[0] != '[' {
		return Found{}, false
	}
	switch sniff(text) {
	case HAR:
		return findHAR(text), true
	}
	return Found{}, false
}

// sniff tells by the members of the outermost object what JSON is.
func sniff(text []byte) Kind {
	kind := None
	r := jsonReader{data: text}
	r.object(func(key string) {
		switch key {
		case "log":
			r.object(func(key string) {
				if key == "entries" || key == "version" || key == "creator" {
					kind = HAR
				}
			})
		case "requests":
			if r.peek() == '[' {
				kind = Tracer
			}
		}
	})
	return kind
}
