// Drivers and nubs: matching, life cycle, termination.
#pragma once

#include <IOKit/IOLib.h>
#include <IOKit/IOMessage.h>
#include <IOKit/IONotifier.h>
#include <IOKit/IORegistryEntry.h>

class IOService;
class IOUserClient;
class IOWorkLoop;

// __state[0], which ioreg shows, and __state[1].
enum {
    kIOServiceInactiveState = 0x00000001,
    kIOServiceRegisteredState = 0x00000002,
    kIOServiceMatchedState = 0x00000004,
    kIOServiceFirstPublishState = 0x00000008,
    kIOServiceFirstMatchState = 0x00000010,

    kIOServiceBusyStateMask = 0x000003ff,
    kIOServiceFinalized = 0x00010000,
    kIOServiceTermPhase3State = 0x00800000,
    kIOServiceTermPhase2State = 0x01000000,
    kIOServiceStartState = 0x02000000,
    kIOServiceConfigState = 0x04000000
};

// Options of open and of terminate.
enum { kIOServiceSeize = 0x00000001 };
enum { kIOServiceRequired = 0x00000001, kIOServiceSynchronous = 0x00000002, kIOServiceTerminate = 0x00000004 };

typedef bool (*IOServiceMatchingNotificationHandler)(void *target, void *ref, IOService *service, IONotifier *notifier);
typedef IOReturn (*IOServiceInterestHandler)(void *target, void *ref, UInt32 message, IOService *provider,
                                             void *argument, vm_size_t size);

// Types of notifications and of interest.
extern const OSSymbol *gIOPublishNotification, *gIOFirstPublishNotification, *gIOMatchedNotification,
    *gIOFirstMatchNotification, *gIOTerminatedNotification, *gIOWillTerminateNotification, *gIOGeneralInterest;

class IOService : public IORegistryEntry {
    OSDeclareDefaultStructors(IOService)

public:
    void free() override;
    virtual IOService *probe(IOService *provider, SInt32 *score);
    virtual bool start(IOService *provider);
    virtual void stop(IOService *provider);
    virtual bool attach(IOService *provider);
    virtual void detach(IOService *provider);
    virtual void registerService(IOOptionBits options = 0);
    virtual bool matchPropertyTable(OSDictionary *table, SInt32 *score);

    virtual bool open(IOService *forClient, IOOptionBits options = 0, void *argument = NULL);
    virtual void close(IOService *forClient, IOOptionBits options = 0);
    virtual bool isOpen(const IOService *forClient = NULL) const;
    /// What open, close and isOpen ask. A driver with several clients at a time overrides them.
    virtual bool handleOpen(IOService *forClient, IOOptionBits options, void *argument);
    virtual void handleClose(IOService *forClient, IOOptionBits options);
    virtual bool handleIsOpen(const IOService *forClient) const;
    virtual IOReturn newUserClient(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties,
                                   IOUserClient **handler);
    virtual IOReturn newUserClient(task_t owningTask, void *securityID, UInt32 type, IOUserClient **handler);

    virtual bool terminate(IOOptionBits options = 0);
    virtual bool terminateClient(IOService *client, IOOptionBits options);
    virtual bool requestTerminate(IOService *provider, IOOptionBits options);
    virtual bool willTerminate(IOService *provider, IOOptionBits options);
    virtual bool didTerminate(IOService *provider, IOOptionBits options, bool *defer);
    virtual bool finalize(IOOptionBits options);
    /// Holds back the termination of its providers, until `defer` is false again.
    virtual void setTerminateDefer(IOService *provider, bool defer);
    virtual IOReturn message(UInt32 type, IOService *provider, void *argument = NULL);
    virtual IOReturn messageClient(UInt32 type, OSObject *client, void *argument = NULL, size_t size = 0);
    virtual IOReturn messageClients(UInt32 type, void *argument = NULL, size_t size = 0);

    virtual IOService *getProvider() const;
    virtual IOService *getClient() const;
    virtual OSIterator *getClientIterator() const;
    static IOService *getResourceService();

    /// A table that matches services of the class.
    static OSDictionary *serviceMatching(const char *className, OSDictionary *table = NULL);
    static OSIterator *getMatchingServices(OSDictionary *matching);
    /// With a reference, as waitForMatchingService, which gives NULL after `timeout` nanoseconds.
    static IOService *copyMatchingService(OSDictionary *matching);
    static IOService *waitForMatchingService(OSDictionary *matching, uint64_t timeout = UINT64_MAX);
    static IONotifier *addMatchingNotification(const OSSymbol *type, OSDictionary *matching,
                                               IOServiceMatchingNotificationHandler handler, void *target,
                                               void *ref = NULL, SInt32 priority = 0);
    virtual IONotifier *registerInterest(const OSSymbol *type, IOServiceInterestHandler handler, void *target,
                                         void *ref = NULL);
    /// The provider's; the kernel has one for drivers without hardware.
    virtual IOWorkLoop *getWorkLoop() const;
    virtual UInt32 getState() const { return __state[0]; }
    bool isInactive() const { return (__state[0] & kIOServiceInactiveState) != 0; }
    virtual void adjustBusy(SInt32 delta);
    virtual UInt32 getBusyState() { return __state[1] & kIOServiceBusyStateMask; }
    /// Until the service is no longer busy, `timeout` nanoseconds at most: then kIOReturnTimeout.
    IOReturn waitQuiet(uint64_t timeout = UINT64_MAX);
    /// Nanoseconds of the virtual clock during which the service was busy.
    uint64_t getAccumulatedBusyTime() const;

KERNEL_PRIVATE:
    IOService *owner;
    UInt32 __state[2];
    uint64_t busySince;
    uint64_t busyTime;
};

/// The provider of drivers that need no hardware.
class IOResources : public IOService {
    OSDeclareDefaultStructors(IOResources)

public:
    bool matchPropertyTable(OSDictionary *table, SInt32 *score) override;
    IOWorkLoop *getWorkLoop() const override;
};

class IOPlatformExpertDevice : public IOService {
    OSDeclareDefaultStructors(IOPlatformExpertDevice)
};

/// The nub of a device that somebody plugged in.
class IOPlatformDevice : public IOService {
    OSDeclareDefaultStructors(IOPlatformDevice)
};
