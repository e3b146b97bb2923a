#pragma once

#include <IOKit/IOTypes.h>

#define iokit_common_msg(message)          ((UInt32)(0xe0000000 | (message)))

#define kIOMessageServiceIsTerminated      iokit_common_msg(0x010)
#define kIOMessageServiceIsRequestingClose iokit_common_msg(0x100)
#define kIOMessageServiceWasClosed         iokit_common_msg(0x110)
