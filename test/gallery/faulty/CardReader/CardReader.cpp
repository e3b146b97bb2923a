// Reads cards that people hold against it; a program waits in a call for the next one.
#include <IOKit/IOCommandGate.h>
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class CardReader : public IOService {
    OSDeclareDefaultStructors(CardReader)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

    IOReturn waitForCard(uint64_t *number);
    IOReturn cardArrived(uint64_t number);

private:
    IOReturn waitGated(uint64_t *number);
    IOReturn arrivedGated(uint64_t *number);

    IOWorkLoop *workLoop;
    IOCommandGate *gate;
    uint64_t card;
};

class CardReaderUserClient : public IOUserClient {
    OSDeclareDefaultStructors(CardReaderUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    CardReader *reader;
};

OSDefineMetaClassAndStructors(CardReader, IOService)
OSDefineMetaClassAndStructors(CardReaderUserClient, IOUserClient)

bool CardReader::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    workLoop = IOWorkLoop::workLoop();
    gate = IOCommandGate::commandGate(this);
    if (!workLoop || !gate || workLoop->addEventSource(gate) != kIOReturnSuccess) {
        OSSafeReleaseNULL(gate);
        OSSafeReleaseNULL(workLoop);
        return false;
    }
    registerService();
    return true;
}

void CardReader::stop(IOService *provider)
{
    workLoop->removeEventSource(gate);
    OSSafeReleaseNULL(gate);
    OSSafeReleaseNULL(workLoop);
    IOService::stop(provider);
}

IOReturn CardReader::waitForCard(uint64_t *number)
{
    return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &CardReader::waitGated), number);
}

IOReturn CardReader::cardArrived(uint64_t number)
{
    return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &CardReader::arrivedGated), &number);
}

IOReturn CardReader::waitGated(uint64_t *number)
{
    card = 0;
    while (card == 0)
        gate->commandSleep(&card, THREAD_UNINT); // fault
    *number = card;
    return kIOReturnSuccess;
}

IOReturn CardReader::arrivedGated(uint64_t *number)
{
    card = *number;
    gate->commandWakeup(&card);
    return kIOReturnSuccess;
}

bool CardReaderUserClient::start(IOService *provider)
{
    reader = OSDynamicCast(CardReader, provider);
    return reader && IOUserClient::start(provider);
}

IOReturn CardReaderUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn CardReaderUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                              IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector == 0 && arguments->scalarOutputCount == 1)
        return reader->waitForCard(arguments->scalarOutput);
    if (selector == 1 && arguments->scalarInputCount == 1)
        return reader->cardArrived(arguments->scalarInput[0]);
    return kIOReturnBadArgument;
}
