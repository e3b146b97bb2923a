// Results of libkern: system 0x37, subsystems common, metaclass and kext.
#pragma once

#include <mach/kern_return.h>

typedef kern_return_t OSReturn;

#define kOSReturnSuccess                  ((OSReturn)0)
#define kOSReturnError                    ((OSReturn)0xdc000001)
#define kOSMetaClassHasInstances          ((OSReturn)0xdc004002)
#define kOSMetaClassDuplicateClass        ((OSReturn)0xdc00400a)
#define kOSMetaClassNoKext                ((OSReturn)0xdc00400b)
#define kOSKextReturnInvalidArgument      ((OSReturn)0xdc008005)
#define kOSKextReturnNotFound             ((OSReturn)0xdc008006)
#define kOSKextReturnDependencies         ((OSReturn)0xdc00800e)
#define kOSKextReturnLoadedVersionDiffers ((OSReturn)0xdc008014)
#define kOSKextReturnLinkError            ((OSReturn)0xdc008016)
#define kOSKextReturnStartStopError       ((OSReturn)0xdc008017)
#define kOSKextReturnInUse                ((OSReturn)0xdc008018)
