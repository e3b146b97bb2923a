// A run of the machine: a request is read, its events happen, and what has become of the machine is written.
#pragma once

#include "../kernel.h"

#include <string>

namespace kernel {

/// Bencoded values (42 is i42e, "spam" is 4:spam, lists l…e, dictionaries d…e), with t and f for booleans, that stand
/// one after another in `text`, as the kernel's own objects. Throws std::invalid_argument when the text is malformed.
OSSharedPtr<OSArray> parseBencode(const std::string &text);
/// Lets the event happen, and writes its status, its log and what it gave back. Throws std::invalid_argument when it's
/// no proper event.
void runEvent(const OSDictionary *event, bool first);
/// The state of the machine as members of a JSON object: clock, next numbers, log, kexts, classes and registry.
void writeSnapshot();
} // namespace kernel
