// What happens to the machine, one event after another.
#pragma once

#include "../core/json.h"
#include "bencode.h"

namespace kernel {

/// Lets the event happen, and writes its status, its log and what it gave back.
void runEvent(const Value &event, bool first, Json &json);
} // namespace kernel
