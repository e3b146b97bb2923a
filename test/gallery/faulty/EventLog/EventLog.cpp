// Keeps what happened in a list that outlives the driver.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

/// What happened, and how often.
class LoggedEvent : public OSObject {
    OSDeclareDefaultStructors(LoggedEvent)

public:
    static LoggedEvent *withCode(uint64_t code);
    uint64_t code;
    uint32_t times;
};

class EventLog : public IOService {
    OSDeclareDefaultStructors(EventLog)

public:
    bool start(IOService *provider) override;
    IOReturn record(uint64_t code);
};

class EventLogUserClient : public IOUserClient {
    OSDeclareDefaultStructors(EventLogUserClient)

public:
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;
};

OSDefineMetaClassAndStructors(LoggedEvent, OSObject)
OSDefineMetaClassAndStructors(EventLog, IOService)
OSDefineMetaClassAndStructors(EventLogUserClient, IOUserClient)

static OSArray *history;

LoggedEvent *LoggedEvent::withCode(uint64_t code)
{
    LoggedEvent *event = OSTypeAlloc(LoggedEvent);
    if (event && !event->init())
        OSSafeReleaseNULL(event);
    if (event)
        event->code = code;
    return event;
}

bool EventLog::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    if (!history)
        history = OSArray::withCapacity(16); // fault
    if (!history)
        return false;
    registerService();
    return true;
}

IOReturn EventLog::record(uint64_t code)
{
    for (unsigned i = 0; i < history->getCount(); i++) {
        LoggedEvent *known = OSDynamicCast(LoggedEvent, history->getObject(i));
        if (known && known->code == code) {
            known->times++;
            return kIOReturnSuccess;
        }
    }
    LoggedEvent *event = LoggedEvent::withCode(code);
    if (!event)
        return kIOReturnNoMemory;
    history->setObject(event);
    event->release();
    return kIOReturnSuccess;
}

IOReturn EventLogUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn EventLogUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                            IOExternalMethodDispatch *, OSObject *, void *)
{
    EventLog *log = OSDynamicCast(EventLog, getProvider());
    if (!log || selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    return log->record(arguments->scalarInput[0]);
}
