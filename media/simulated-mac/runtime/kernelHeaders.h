// The kernel's interface as drivers see it. Only what is declared here is visible outside libkernel.so.
#pragma once

#pragma GCC visibility push(default)
#include <IOKit/IOUserClient.h>
#include <libkern/c++/OSSharedPtr.h>
#pragma GCC visibility pop
