#pragma once

#include <IOKit/IOReturn.h>
#include <libkern/OSTypes.h>
#include <mach/mach_types.h>

typedef UInt32 IOOptionBits;
