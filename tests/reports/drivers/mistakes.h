/* The mistakes of the drivers in this folder: the number of each is its control code. Also read by
 * reports_test.cpp. */
#ifndef MISTAKES_H
#define MISTAKES_H

enum _REQUEST_MISTAKE {
  NotOwner = 1,
  CompletedTwice,
  CompletedCancelable,
  CompletedBeforeCancel,
  InformationTooLong,
  MemoryReferenced,
  MarkedTwice,
  NoQueue,
  UnmarkedUnmarked,
  ForwardedCancelable,
  ForwardedToSame,
  RequeuedParallel,
  EnqueuedTwice,
  RawBuffer,
  LockedAtDispatch,
  IrpAfterComplete,
  GoneHandle,
  AskedCancelable,
  Pending,
  OwnRequest,
  DeletedTooEarly,
  ForwardedCanceled,
  InformationForgotten,
  NothingWritten,
  AnswerWithError,
  TouchedAfterComplete,
  ReferenceKept,
  NullHandle,
  DereferencedTooOften,
  Kept,
  AcknowledgedUnasked,
  UsedCompleted
};

enum _QUEUE_MISTAKE {
  StoppedTwice = 1,
  StoppedInHandler,
  DrainedStopped,
  SyncAtDispatch,
  NotifiedParallel,
  RetrievedParallel,
  RetrievedIdle,
  SearchedParallel,
  SearchedFromNowhere,
  DeletedDefault,
  DeletedInHandler,
  FoundAndKept,
  EndlessNotify,
  ForwardedToParent,
  StopUnanswered,
  StopAnsweredLate,
  StopAnsweredCancelable,
  StopAnsweredSlowly,
  LockedTwice,
  LockOfNothing,
  LockKept,
  WaitedAtDispatch,
  WrongIrql,
  SpinLockTwice,
  TimerStopsItself,
  TimerDeletesItself,
  Crashed,
  NotSimulated,
  Endless,
  ChannelBusy,
  ChannelInLowPower,
  ReleasedUntaken,
  NobodySets,
  ThreadLeft,
  CrossedLocks,
  StartedDeleted
};

enum _TARGET_MISTAKE {
  SentUnformatted = 1,
  SentTwice,
  SentWithoutRoutine,
  SentAndForgotten,
  WrongOptions,
  FormattedCompleted,
  ReusedSent,
  DeletedSenders,
  FormattedSent,
  SentToNobody,
  CanceledTooLate,
  StoppedInRoutine,
  StoppedByTwo,
  SentCancelable,
  CompletedSent
};

enum _CRASH {
  CalledItself = 1,
  CalledItselfThroughCalls,
  LargeLocal,
  Divided,
  UsedUnset,
  CopiedFromNull,
  GaveUnset,
  WroteBehindPool,
  ReadFreedPool,
  ClearedTooMuch,
  UsedGoneContext,
  UsedGoneMemory,
  CopiedTooMuch
};

#endif
