// What happens to the machine, one event after another.
#pragma once

#include "../core/json.h"
#include "../kernelHeaders.h"

namespace kernel {

/// Lets the event happen, and writes its status, its log and what it gave back. Throws std::invalid_argument when it's
/// no proper event.
void runEvent(const OSDictionary *event, bool first, Json &json);
} // namespace kernel
