package main

func process(o options) error { return nil }
