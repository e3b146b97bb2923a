// The state of the machine as JSON.
#pragma once

#include "../core/json.h"

namespace kernel {

void writeKexts(Json &json);
void writeClasses(Json &json);
void writeRegistry(Json &json);
} // namespace kernel
